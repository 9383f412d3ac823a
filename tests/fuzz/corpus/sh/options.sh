# Options of set, and exit statuses.
sh -c 'set -e; false || true; if false; then :; fi; ! true; echo on; false; echo no'; echo $?
sh -c 'set -e; f() { false; echo no; }; f; echo no'; echo $?
sh -c 'set -e; f() { false; echo in; }; f || true; if f; then echo yes; fi; false && true; echo here; (false); echo no'; echo $?
sh -c 'set -e; x=$(false); echo no'; echo $?; sh -c 'set -e; echo $(false); echo yes'; echo $?
sh -c 'set -e; { false; echo no; } | cat; echo piped; false | true; echo fine; true | false; echo no'; echo $?
sh -ec 'for i in 1 2; do echo $i; [ $i = 1 ]; done; echo no'; echo $?
sh -c 'set -u; echo ${x-ok}; echo $x; echo no' 2>/dev/null; echo $?
sh -uc ': "$@" $*; echo fine $#'; echo $?
sh -xc 'a=1; echo $a "b c"; for i in x; do :; done' 2>&1
sh -fc 'echo *'; sh -nc 'echo no'; sh -c 'set -f; echo *; set +f'; echo $-| tr -d 'a-z' | wc -l | tr -d ' '
sh -c 'echo $0 $1 $#' name arg; sh -c 'exit 3'; echo $?; sh -c 'exit'; echo $?; sh -c 'false; exit'; echo $?
sh -c 'nonexistent_program' 2>/dev/null; echo $?; sh -c /tmp 2>/dev/null; echo $?; sh -c 'kill -9 $$'; echo $?
echo 'echo from stdin $1' | sh -s arg; echo 'echo no newline at end' | tr -d '\n' | sh; printf 'echo script $# $1\n' >s; sh s a b; sh ./nonexistent 2>/dev/null; echo $?
printf '#!/bin/sh\necho executed\n' >x; chmod +x x; ./x; printf 'echo no interpreter $1\n' >y; chmod +x y; ./y arg
chmod -x y; sh -c './nothing' 2>/dev/null; echo $?
sh -c 'echo ${' 2>/dev/null; echo $?; sh -c 'if' 2>/dev/null; echo $?; sh -c 'echo "a' 2>/dev/null; echo $?; sh -c 'for' 2>/dev/null; echo $?; sh -c ')' 2>/dev/null; echo $?; sh -c 'a b )' 2>/dev/null; echo $?
sh -c 'case x in x) echo ok' 2>/dev/null; echo $?; sh -c 'while true; do' 2>/dev/null; echo $?; sh -c '{ echo; ' 2>/dev/null; echo $?; sh -c '| true' 2>/dev/null; echo $?; sh -c 'true &&' 2>/dev/null; echo $?; sh -c ';;' 2>/dev/null; echo $?
sh -c 'trap "echo bye" EXIT; echo hi'; sh -c 'trap "echo bye; exit 4" EXIT; exit 3'; echo $?; sh -c 'trap "echo int" INT; kill -INT $$; echo after'
sh -c 'trap "" TERM; kill -TERM $$; echo survived'; sh -c 'trap "echo t" TERM; (kill -TERM $$); trap - TERM; kill -TERM $$; echo no'; echo $?
sh -c 'trap "echo parent" EXIT; (echo sub); echo end'; sh -c 'trap "echo x" EXIT; (trap "echo y" EXIT); true'
sh -c 'trap "echo one" USR1; trap'; sh -c 'sleep 5 & kill $!; wait $!; echo $?'
sh -c 'set -o noglob; echo *; set +o noglob; set -o nosuch' 2>/dev/null; echo $?
sh -c 'set -a; v=exported; sh -c "echo \$v"'; sh -c 'set -- a b; set -e; echo $#; set x; echo $1'
sh -c 'f() { exit 4; }; f; echo no'; echo $?; sh -c 'return 3; echo no'; echo $?; sh -c '(exit 2) || exit 5'; echo $?
sh -c 'export A=1; readonly A; (A=2) 2>/dev/null; echo $?; set' | grep '^A='
sh -c 'x=$(exit 3); echo $?; x=$(true); echo $?; y=$(exit 2) true; echo $?'
sh -c 'exec 2>/dev/null; exec nonexistent_program; echo no'; echo $?; sh -c 'exec >f; echo in file'; cat f
sh -c '. ./nonexistent; echo no' 2>/dev/null; echo $?; sh -c 'cd /nonexistent; echo goes on' 2>/dev/null; sh -c 'shift 9; echo no' 2>/dev/null; echo $?

# dash has not: what this shell has in common with others beyond POSIX.1-2017.
cat <<<'here string'; x=val; cat <<<"a $x"; cat <<<$x
{ echo out; echo err >&2; } &>both; sort both; { echo more >&2; } &>>both; wc -l <both | tr -d ' '
echo $'tab\there' $'\x41\101\'q\'' $'a\nb'
set -o pipefail; false | true; echo $?; true | true; echo $?; set +o pipefail; false | true; echo $?
x=1; echo $((x++)) $((++x)) $((x--)) $((--x)) $((1, 2)) $x
source /dev/null; echo $?; printf 'abc\n' | { read -n 2 a; echo $a; }; echo some text | { read; echo $REPLY; }
printf '%q\n' "it's"; echo -e 'a\tb\0101'; echo -E 'a\tb'; set -- a b; echo "${#@}" ${#*}
[ /etc -ef /etc/. ] && echo same; [ a == a ] && echo equal; [ b '>' a ] && echo after
umask -S; help true; type true : if; LINENO=; [ $((RANDOM >= 0)) = 1 ] && echo random
x='two words'; case $x in two\ words) echo matched;; esac

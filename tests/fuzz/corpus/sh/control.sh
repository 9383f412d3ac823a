# Compound commands.
if true; then echo 1; fi; if false; then echo no; else echo 2; fi
if false; then :; elif true; then echo 3; else echo no; fi; if false; then :; elif false; then :; fi; echo $?
for i in a b c; do echo $i; done; for i in; do echo no; done; for i
in x y
do echo $i; done
i=0; while [ $i -lt 10 ]; do i=$((i + 1)); [ $i = 3 ] && continue; [ $i = 6 ] && break; echo $i; done
until [ $i = 0 ]; do i=$((i - 1)); done; echo $i
for i in 1 2; do for j in 1 2 3; do [ $j = 2 ] && continue 2; [ $i = 2 ] && break 2; echo $i$j; done; done
while :; do while :; do break 5; done; echo no; done; echo out
case abc in a) echo no;; a*) echo yes;; *) echo no;; esac
case x in (y|x) echo paren;; esac; case x in y);; esac; echo $?
case $(echo word) in w?rd) echo subst;; esac; case "" in "") echo empty;; esac
case a in a) ;; esac; case b in
	a) echo no
	;;
	b) echo last
esac
{ echo group; }; { echo a; echo b; } | cat; (echo sub; exit 3); echo $?
x=1; (x=2; echo $x); echo $x; { x=3; }; echo $x
true && echo and; false && echo no; false || echo or; true || echo no; ! false && echo not; ! true || echo no
false && true || echo mixed; true || false && echo right
! true; echo $?; ! false; echo $?; ! ! true; echo $?
echo a | sed s/a/b/ | sed s/b/c/; false | true; echo $?; true | false; echo $?
echo one; echo two & wait; echo three
if (exit 5) then echo no; else echo $?; fi
while read line; do echo "got $line"; done <<E
1
2
E
for i in 1 2 3; do if [ $i = 2 ]; then continue; fi; echo $i; done | cat
for i in a b; do echo $i; done >f; cat f; while false; do :; done; echo $?
if ! { false; }; then echo group-status; fi
for i in 1 2 3
do
	case $i in
	2) break ;;
	esac
	echo "i=$i"
done
for x in "a b" c; do for y in $x; do printf '%s,' "$y"; done; done; echo
until true; do echo no; done; echo $?
false; if true; then :; fi; echo $?
(false); echo $?; (exit 300); echo $?

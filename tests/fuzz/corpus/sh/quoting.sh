# Quotes, comments, line joining, substitutions.
echo 'single $x `y` \n "double"' "double 'single' \$x \`y\` \\ \"" back\ slash \'\"
echo a'b'"c"d "a"'b' ''a"" "" '' x
echo joined\
line "in\
quotes" 'not\
joined'
echo a # comment
echo a#b '#c' "#d" \#e #comment
echo `echo back` `echo \`echo nested\`` `echo "quoted arg"` "`echo \"in quotes\"`" `echo \\$x '\\'`
echo $(echo dollar) $(echo $(echo nested)) "$(echo "in quotes")" $(echo ')') $(echo "(") $(case x in x) echo case;; esac)
echo $(
	echo multi # comment )
	echo line
)
x=$(printf 'a\n\n\n'); echo "[$x]"; x=$(printf '\n\na'); echo "[$x]"
echo "$(echo 'a  b')" $(echo 'a  b')
echo "a
b" 'c
d'
echo \
 continued
echo "$(echo a)$(echo b)" `echo c``echo d`
echo "${x:-$(echo sub)}" "$(echo "${x}" | wc -l | tr -d ' ')"
eval echo '$'x | cat; eval 'y="a b"'; echo "$y"; eval "echo \"\$y\""; eval; echo $?
set -- 'a b' c; eval 'echo "$1"'
echo "\a\b" '\a' "a\z"
: 'unused' "args"; echo $?
echo {a,b} a{} {}
echo ; echo; echo end;
echo a; # comment at end

# Redirections.
echo a >f; echo b >>f; cat <f; cat f f >g; wc -l <g | tr -d ' '
echo out; { echo out; echo err >&2; } >o 2>e; cat o e; { echo out; echo err >&2; } >both 2>&1; cat both
{ echo x >&2; } 2>&1 | cat; echo y 2>&1 >/dev/null | cat; ls /nonexistent 2>/dev/null; echo $?
exec 3>f3; echo three >&3; exec 3>&-; cat f3; (echo no >&3) 2>/dev/null; echo $?
exec 4<f; read a <&4; read b <&4; exec 4<&-; echo $a $b
cat <<E
here $((1 + 1)) $(echo cmd) \$ \\ "quotes" 'single'
	tab
E
cat <<'E'
literal $x `cmd` \n
E
cat <<-E
		stripped
	twice
	E
cat <<"A B"; echo after
quoted delimiter
A B
cat <<A; cat <<B
a
A
b
B
cat <<E | sed 's/^/> /'
piped
E
x=val; cat <<E
${x} ${y:-default} "${x}" $x\
joined
E
cat <<E
$(cat <<F
inner
F
)
E
f() { cat; }; f <<E
to function
E
while read i; do echo "$i"; done <<E
l1
l2
E
echo many >m1 >m2; cat m1 m2; >empty; cat empty; wc -c <empty | tr -d ' '
cat <f >copy; cmp f copy && echo same; cat <&0 <f | head -n 1
set -C; echo no >f 2>/dev/null; echo $?; echo yes >|f; cat f; set +C
{ cat; } <f; (cat) <f; if true; then cat; fi <f; for i in 1; do cat; done <f
exec 5>&1; echo saved >&5; exec 5>&-
cat <nonexistent 2>/dev/null; echo $?; (: >/nonexistent/x) 2>/dev/null; echo $?
echo a 1>x1 2>x2; cat x1; echo 2 >x2; cat x2; echo 2>x3; cat x3
echo rw 1<>rwf; cat rwf; n=f; cat <$n; cat < "$n"; printf '%s\n' a b >f; { read x; read y; echo $y$x; } <f
i=0; while [ $i -lt 300 ]; do echo "line $i of a long here document to be larger than a pipe"; i=$((i + 1)); done >big
eval "cat <<E | tail -n 1
$(cat big)
E"

# Field splitting and file names.
f() { echo "$#:$1|$2|$3|$4|$5"; }
x='  a  b	c
d '; f $x; f "$x" end
IFS=:; x=a:b::c:; f $x; x=:a; f $x; x=::; f $x; x=; f $x; f "$x"
IFS=' :'; x='a : b:c  d'; f $x; x=' : a'; f $x; x='a::b'; f $x; x='a: :b'; f $x
IFS=x; y=axbxc; f $y; f ${y}; f "$y"; f 1xy$y
unset IFS; y='a b'; f $y"$y"$y; f "a"$y'b'
f $(echo one two; echo three) "$(echo one two; echo three)"
IFS=; x='a b'; f $x; unset IFS
e=; f $e; f "$e"; f '' ""; f $e$e; f x$e
mkdir d; cd d; : >a.c; : >b.c; : >.hidden; : >'sp ace'; mkdir sub; : >sub/x.c; : >sub/y.h; : >'[z]'
echo *; echo *.c; echo ?.c; echo [ab].c; echo [!a].c; echo [^a].c; echo .h*; echo */*.c; echo sub/?.[ch]; echo nothing*
echo "*.c" '*.c' \*.c *".c"; echo [[]z]; echo \[z]; echo s*e
for i in *ace; do f "$i"; done
p='*.c'; echo $p "$p"; q='a?c'; echo $q; set -f; echo *.c; set +f; echo *.c
echo ./*.c; echo ../d/*.h; echo sub/../*.c; echo /*/nothing_here; echo [a-b].[[:alpha:]]
case a.c in [[:lower:]].c) echo class;; esac
case -x in -[!y]) echo negated;; esac
case ']' in []]) echo bracket;; esac
case a in [b-]) echo no;; *) echo other;; esac
case 'a*' in a\*) echo literal;; esac
case 'ab' in "a*") echo no;; a*) echo star;; esac
x='a*'; case 'ab' in "$x") echo no;; $x) echo expanded;; esac
x='\*'; case '*' in $x) echo escaped;; esac

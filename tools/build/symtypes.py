#!/usr/bin/python3
"""What types exported symbols have, and a CRC of each, from the debug data of object files.

usage: symtypes.py [-d CACHE] [-a ASSEMBLY] OUTPUT OBJECT...
       symtypes.py -x OUTPUT.gz MODULE.mod.c OWN SYMTYPES...

EXPORT_SYMBOL leaves a variable __ksymtype_NAME, a pointer of NAME's type. From it the type is followed through pointers,
arguments and members to everything it is made of; struct, union and enum are described once, by name. The CRC of a symbol
covers its own type and all it reaches, so a changed member changes the CRC of whatever leads to it. Names that do not change
what is exchanged (typedefs of plain types, the order of the words "unsigned long") are left out, so that gcc and clang agree.

OUTPUT has a line per symbol and per type, sorted, fields separated by tabs:
    S   CRC   symbol   type             T   name of the type   its definition, the names of others in it marked with @
ASSEMBLY gets the sections ___kcrctab+NAME that the linker sorts into the table beside the exports. With -x: the lines of
OWN, and those of SYMTYPES that the symbols in a module's __versions lead to, packed, for the module to carry.
What an object gives is kept in CACHE under the hash of its content: only changed objects are read again.
"""
import argparse
import gzip
import hashlib
import json
import multiprocessing
import os
import re
import zlib

PREFIX = "__ksymtype_"
REFERENCE = re.compile(r"@((?:struct |union |enum )?\w+)")
CONTAINED = re.compile(REFERENCE.pattern + r"\b(?! \*)")
LAYOUT = "module_layout"  # every module uses it
VERSION = "7"  # of what is in the cache: raise it when the texts change


def text_of(die, name):
    attribute = die.attributes.get(name)
    return attribute.value.decode() if attribute else None


def number_of(die, name, default=None):
    attribute = die.attributes.get(name)
    return attribute.value if attribute and isinstance(attribute.value, int) else default


def base_name(name):
    """unsigned long and long unsigned int are the same."""
    words = name.split()
    long = words.count("long")
    if not set(words) <= {"long", "short", "int", "unsigned", "signed", "char"}:
        return name
    kind = "char" if "char" in words else "short" if "short" in words else " ".join(["long"] * long) if long else "int"
    sign = "unsigned " if "unsigned" in words else "signed " if "signed" in words and kind == "char" else ""
    return sign + kind


class Reader:
    """The types of one object: describe() gives a text, self.types what named types in it are."""

    def __init__(self):
        self.types = {}
        self.known = {}

    def target(self, die):
        return die.get_DIE_from_attribute("DW_AT_type") if "DW_AT_type" in die.attributes else None

    def describe(self, die):
        if die is None:
            return "void"
        key = (die.cu.cu_offset, die.offset)
        if key not in self.known:
            self.known[key] = self.describe_new(die)
        return self.known[key]

    def describe_new(self, die):
        tag = die.tag[len("DW_TAG_"):]
        if tag == "base_type":
            return base_name(text_of(die, "DW_AT_name"))
        if tag == "pointer_type":
            inner = self.target(die)
            while inner is not None and inner.tag in ("DW_TAG_const_type", "DW_TAG_volatile_type") and self.is_function(self.target(inner)):
                inner = self.target(inner)
            return self.describe(inner) + " *"
        if tag in ("const_type", "volatile_type"):
            return self.describe_qualified(die, tag[:-len("_type")])
        if tag in ("restrict_type", "atomic_type"):
            return self.describe(self.target(die))
        if tag == "typedef":
            return self.describe_typedef(die)
        if tag == "array_type":
            return self.describe(self.target(die)) + self.bounds(die)
        if tag in ("subroutine_type", "subprogram"):
            return f"{self.describe(self.target(die))} ({self.arguments(die)})"
        if tag in ("structure_type", "union_type", "enumeration_type"):
            return self.describe_compound(die, {"s": "struct", "u": "union", "e": "enum"}[tag[0]])
        return tag

    def plain(self, die):
        """The type of a member without typedefs and qualifiers."""
        inner = self.target(die)
        while inner.tag in ("DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type"):
            inner = self.target(inner)
        return inner

    def describe_qualified(self, die, qualifier):
        """Compilers put qualifiers of arrays and pointers in different places; those of what they are made of stay."""
        inner = self.target(die)
        while inner is not None and inner.tag in ("DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type"):
            if self.target(inner) is None or inner.tag == "DW_TAG_typedef" and "DW_AT_name" not in self.target(inner).attributes \
                    and self.target(inner).tag in ("DW_TAG_structure_type", "DW_TAG_union_type", "DW_TAG_enumeration_type"):
                break
            inner = self.target(inner)
        text = self.describe(self.target(die))
        plain = inner is None or inner.tag not in ("DW_TAG_array_type", "DW_TAG_pointer_type", "DW_TAG_subroutine_type")
        return f"{qualifier} {text}" if plain and not text.startswith(qualifier + " ") else text

    def is_function(self, die):
        return die is not None and die.tag == "DW_TAG_subroutine_type"

    def describe_typedef(self, die):
        """A plain type under another name is the plain type; one that has no name but this gets it."""
        target = self.target(die)
        if target is not None and target.tag in ("DW_TAG_structure_type", "DW_TAG_union_type", "DW_TAG_enumeration_type") \
                and "DW_AT_name" not in target.attributes:
            name = text_of(die, "DW_AT_name")
            if name not in self.types:
                self.types[name] = ""
                self.types[name] = self.definition(target)
            return "@" + name
        return self.describe(target)

    def bounds(self, die):
        text = ""
        for child in die.iter_children():
            if child.tag == "DW_TAG_subrange_type":
                count = number_of(child, "DW_AT_count")
                upper = number_of(child, "DW_AT_upper_bound")
                text += f"[{count if count is not None else upper + 1 if upper is not None and upper != 0xffffffff else ''}]"
        return text.replace("[0]", "[]")

    def arguments(self, die):
        arguments = []
        for child in die.iter_children():
            if child.tag == "DW_TAG_formal_parameter":
                arguments.append(self.describe(self.target(child)))
            elif child.tag == "DW_TAG_unspecified_parameters":
                arguments.append("...")
        return ", ".join(arguments) or "void"

    def describe_compound(self, die, kind):
        tag = text_of(die, "DW_AT_name")
        if not tag:
            return f"{kind} {self.definition(die)}"
        name = f"{kind} {tag}"
        if "DW_AT_declaration" in die.attributes:
            self.types.setdefault(name, "")
        elif not self.types.get(name):
            self.types[name] = "{...}"  # for what leads back here while it is described
            self.types[name] = self.definition(die)
        return "@" + name

    def definition(self, die):
        if die.tag == "DW_TAG_enumeration_type":
            values = [f"{text_of(c, 'DW_AT_name')} = {number_of(c, 'DW_AT_const_value')}" for c in die.iter_children() if c.tag == "DW_TAG_enumerator"]
            return "{ " + ", ".join(values) + " }"
        members = [self.member(c) for c in die.iter_children() if c.tag == "DW_TAG_member"]
        return f"{number_of(die, 'DW_AT_byte_size', 0)} {{ " + "".join(m + "; " for m in members) + "}"

    def member(self, die):
        bits = number_of(die, "DW_AT_bit_size")
        offset = number_of(die, "DW_AT_data_member_location", 0)
        place = f"{offset}"
        if bits is not None:
            first = number_of(die, "DW_AT_data_bit_offset")
            if first is None:  # up to DWARF 3: from the highest bit of the word that it is in
                word = number_of(die, "DW_AT_byte_size") or number_of(self.plain(die), "DW_AT_byte_size", 4)
                first = offset * 8 + word * 8 - number_of(die, "DW_AT_bit_offset", 0) - bits
            place = f"{first // 8}.{first % 8}:{bits}"
        return f"{place} {self.describe(self.target(die))} {text_of(die, 'DW_AT_name') or ''}".rstrip()


def closure(text, types, contained=False):
    """All named types that a text leads to; contained: of those, what is part of them, not what they point to."""
    found, todo, pattern = set(), [text], REFERENCE
    while todo:
        for name in pattern.findall(todo.pop()):
            if name not in found:
                found.add(name)
                todo.append(types.get(name, ""))
        pattern = CONTAINED if contained else REFERENCE
    return found


def reached(name, text, types):
    """What a symbol's CRC covers. What struct module points to is no part of what module files and the kernel share."""
    return closure(text, types, name == LAYOUT)


def read_object(path):
    """{"symbols": {name: [crc, type, gpl]}, "types": {name: definition}} of an object file."""
    from elftools.elf.elffile import ELFFile
    with open(path, "rb") as f:
        elf = ELFFile(f)
        symtab = elf.get_section_by_name(".symtab")
        exports = {s.name[len("__ksymtab_"):]: s["st_shndx"] for s in symtab.iter_symbols()
                   if s.name.startswith("__ksymtab_") and s["st_shndx"] != "SHN_UNDEF"} if symtab else {}
        symbols = {name: [0, "", "_gpl" in elf.get_section(index).name] for name, index in exports.items()}
        types = {}
        if not symbols or not elf.has_dwarf_info():
            return {"symbols": symbols, "types": types}
        for cu in elf.get_dwarf_info(relocate_dwarf_sections=False).iter_CUs():
            reader = Reader()
            texts = {}
            for die in cu.get_top_DIE().iter_children():
                if die.tag == "DW_TAG_variable" and (text_of(die, "DW_AT_name") or "").startswith(PREFIX):
                    pointer = reader.target(die)
                    while pointer.tag != "DW_TAG_pointer_type":
                        pointer = reader.target(pointer)
                    texts[text_of(die, "DW_AT_name")[len(PREFIX):]] = reader.describe(pointer)[:-2]
            for name, text in texts.items():
                covered = sorted(reached(name, text, reader.types))
                whole = text + "".join(f"\n{t} {reader.types.get(t, '')}" for t in covered)
                symbols[name][:2] = [zlib.crc32(whole.encode()) or 1, text]
                for t in covered:
                    if len(reader.types.get(t, "")) > len(types.get(t, "")):
                        types[t] = reader.types[t]
    return {"symbols": symbols, "types": types}


def cached(job):
    path, cache = job
    if not cache:
        return read_object(path)
    with open(path, "rb") as f:
        key = hashlib.sha1(f.read()).hexdigest()
    kept = os.path.join(cache, key[:2], key[2:] + "-" + VERSION)
    try:
        with open(kept) as f:
            return json.load(f)
    except (FileNotFoundError, ValueError):
        pass
    result = read_object(path)
    os.makedirs(os.path.dirname(kept), exist_ok=True)
    with open(f"{kept}.{os.getpid()}", "w") as f:
        json.dump(result, f)
    os.replace(f"{kept}.{os.getpid()}", kept)
    return result


def read_tables(paths):
    """Symbols {name: line} and types {name: (line, definition)} of files that main() has written; the first counts."""
    symbols, types = {}, {}
    for path in filter(os.path.exists, paths):
        with open(path) as f:
            for line in f:
                fields = line.rstrip("\n").split("\t")
                if fields[0] == "S":
                    symbols.setdefault(fields[2], line)
                else:
                    types.setdefault(fields[1], (line, fields[2]))
    return symbols, types


def extract(output, source, own, *tables):
    """What a module exports, and the part of the tables that its __versions lead to."""
    symbols, types = read_tables([own, *tables])
    with open(source) as f:
        used = {s for s in re.findall(r'^\t\{ 0x[0-9a-f]+, "(\w+)" \},$', f.read(), re.M) if s in symbols} | set(read_tables([own])[0])
    texts = {name: text for name, (_, text) in types.items()}
    covered = set().union(*(reached(s, symbols[s], texts) for s in used)) if used else set()
    lines = [symbols[s] for s in sorted(used)] + [types[t][0] for t in sorted(covered) if t in types]
    packed = gzip.compress("".join(lines).encode(), mtime=0)
    if not os.path.exists(output) or open(output, "rb").read() != packed:
        with open(output, "wb") as f:
            f.write(packed)


def write_assembly(path, symbols):
    with open(path, "w") as f:
        for name, (crc, _, gpl) in sorted(symbols.items()):
            f.write(f'.section "___kcrctab{"_gpl" if gpl else ""}+{name}", "a"\n.long {crc:#x}\n')
        f.write('.section .note.GNU-stack, "", @progbits\n')


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("-d", dest="cache")
    parser.add_argument("-a", dest="assembly")
    parser.add_argument("-x", dest="extract", action="store_true")
    parser.add_argument("output")
    parser.add_argument("objects", nargs="+")
    options = parser.parse_args()
    if options.extract:
        extract(options.output, *options.objects)
        return
    jobs = [(path, options.cache) for path in options.objects]
    if len(jobs) < 8:
        results = map(cached, jobs)
    else:
        with multiprocessing.Pool(os.cpu_count()) as pool:
            results = pool.map(cached, jobs, chunksize=8)
    symbols, types = {}, {}
    for result in results:
        symbols.update(result["symbols"])
        for name, text in result["types"].items():
            if len(text) > len(types.get(name, "")) or (len(text) == len(types[name]) and text > types[name]):
                types[name] = text
    lines = [f"S\t0x{crc:08x}\t{name}\t{text}\n" for name, (crc, text, _) in sorted(symbols.items())]
    lines += [f"T\t{name}\t{text}\n" for name, text in sorted(types.items())]
    if options.assembly:
        write_assembly(options.assembly, symbols)
    text = "".join(lines)
    if not os.path.exists(options.output) or open(options.output).read() != text:
        with open(options.output, "w") as f:
            f.write(text)
    else:
        os.utime(options.output)


if __name__ == "__main__":
    main()

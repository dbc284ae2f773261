namespace CaaS.Analytics.LogTemplates;

/// <summary>Says what an atom of a log line is: a run of letters, digits and inner punctuation.</summary>
/// <remarks>Hot path: nothing is allocated.</remarks>
internal static class LogAtom
{
    private const int IdentifierDigits = 5;

    /// <summary>Adds the pieces of the atom that begins at a place.</summary>
    /// <param name="scanner">Where the line is and the pieces go.</param>
    /// <param name="start">Where it begins.</param>
    /// <returns>Where it ended.</returns>
    public static int Scan(ref LogScanner scanner, int start)
    {
        var text = scanner.Text;
        var end = start;
        var seen = 0;
        while (end < text.Length)
        {
            var kind = LogText.Of(text[end]);
            if ((kind & (LogText.Digit | LogText.Letter | LogText.Inner)) == 0
                && !(text[end] == '*' && end > start && text[end - 1] is '/' or '\\'))
            {
                break;
            }

            seen |= kind;
            end++;
        }

        if (end < text.Length && text[end] == '[' && LogNames.Range(text, end) is > 0 and var range)
        {
            var colon = text[start..end].LastIndexOf(':');
            if (colon > 0)
            {
                Split(ref scanner, text, start, start + colon, ':');
                start = scanner.Marks(start + colon);
            }

            scanner.Soft(start, range, LogToken.ValueKey);
            return range;
        }

        var isPath = text[start] is '/' or '\\' || text[start..end].Contains("://", StringComparison.Ordinal);
        while (end > start + 1 && IsTrailing(text[end - 1], isPath))
        {
            end--;
        }

        return (seen & (LogText.Digit | LogText.Inner)) == 0
            ? Plain(ref scanner, start, end)
            : Mixed(ref scanner, text, start, end);
    }

    private static bool IsTrailing(char c, bool isPath) =>
        (LogText.Of(c) & LogText.Inner) != 0 && (!isPath || c is not ('/' or '\\'));

    /// <summary>Letters only: a word, or a date that begins with one.</summary>
    private static int Plain(ref LogScanner scanner, int start, int end)
    {
        if (end - start == 3 && LogCalendar.Length(scanner.Text, start) is > 0 and var date)
        {
            scanner.Value(start, start + date);
            return start + date;
        }

        scanner.Word(start, end);
        return end;
    }

    private static int Mixed(ref LogScanner scanner, ReadOnlySpan<char> text, int start, int end)
    {
        var atom = text[start..end];
        if (end - start == 3 && LogCalendar.Length(text, start) is > 0 and var date)
        {
            scanner.Value(start, start + date);
            return start + date;
        }

        var facts = new LogAtomFacts(atom);
        if (facts.Words == 0)
        {
            return scanner.Marks(start);
        }

        if (facts.IsPath(atom) || LogNames.IsUuid(atom) || facts.IsNumeric || LogNames.IsEndpoint(atom, facts))
        {
            scanner.Value(start, end);
            return Unit(ref scanner, text, end, facts.IsNumeric);
        }

        if (facts is { Digits: 0, Dots: 0, Slashes: 0, Colons: 0, Ats: 0 })
        {
            scanner.Word(start, end);
            return end;
        }

        var offset = atom.IndexOf("+0x", StringComparison.Ordinal);
        if (offset > 0)
        {
            scanner.Word(start, start + offset, LogTokenContext.Code);
            scanner.Marks(start + offset);
            scanner.Value(start + offset + 1, end);
            return end;
        }

        if (scanner.IsAssigned || IsEnclosed(text, start, end))
        {
            Assigned(ref scanner, start, end, facts);
            return end;
        }

        Pieces(ref scanner, text, start, end, facts);
        return end;
    }

    /// <summary>True when it is all that a free bracket holds.</summary>
    private static bool IsEnclosed(ReadOnlySpan<char> text, int start, int end) =>
        start > 0 && end < text.Length && (text[start - 1], text[end]) is ('(', ')') or ('[', ']')
        && (start == 1 || !LogText.IsWord(text[start - 2]));

    /// <summary>What stands after an equals sign is one value, whatever it is made of.</summary>
    private static void Assigned(ref LogScanner scanner, int start, int end, in LogAtomFacts facts)
    {
        if (facts.DigitRun >= IdentifierDigits)
        {
            scanner.Value(start, end);
        }
        else
        {
            scanner.Soft(start, end, LogToken.ValueKey);
        }
    }

    private static void Pieces(
        ref LogScanner scanner, ReadOnlySpan<char> text, int start, int end, in LogAtomFacts facts)
    {
        var atom = text[start..end];
        if (facts.Colons > 0)
        {
            Split(ref scanner, text, start, end, ':');
        }
        else if (facts is { Tildes: >= 2, Digits: > 0 })
        {
            scanner.Soft(start, end, LogToken.ValueKey);
        }
        else if (facts.Ats > 0)
        {
            if (facts.Dots > 0 && facts.Slashes == 0)
            {
                scanner.Soft(start, end, LogToken.ValueKey);
            }
            else
            {
                Split(ref scanner, text, start, end, '@');
            }
        }
        else if (facts.Slashes >= 2 || (facts.Slashes == 1 && facts.Dots > 0 && facts.Digits == 0))
        {
            scanner.Soft(start, end, LogToken.ValueKey);
        }
        else if (facts.Slashes == 1)
        {
            if (facts.Digits > 0)
            {
                Split(ref scanner, text, start, end, '/');
            }
            else
            {
                scanner.Word(start, end);
            }
        }
        else if (facts.IsDotted)
        {
            Dotted(ref scanner, atom, start, end, facts);
        }
        else if (facts is { Dashes: > 0, Dots: 0 } && LogText.IsWord(atom[0]) && !LogText.IsDigit(atom[0]))
        {
            Joined(ref scanner, start, end, facts);
        }
        else
        {
            Split(ref scanner, text, start, end, '.');
        }
    }

    /// <summary>A name with hyphens and digits, such as node-12.</summary>
    private static void Joined(ref LogScanner scanner, int start, int end, in LogAtomFacts facts)
    {
        if (facts.Digits > 0)
        {
            scanner.Soft(start, end, LogToken.ValueKey);
        }
        else
        {
            scanner.Word(start, end);
        }
    }

    /// <summary>A host, a package, a class or a file name.</summary>
    private static void Dotted(
        ref LogScanner scanner, ReadOnlySpan<char> atom, int start, int end, in LogAtomFacts facts)
    {
        var last = atom[(atom.LastIndexOf('.') + 1)..];
        if (last.EndsWith("Exception", StringComparison.Ordinal) || last.EndsWith("Error", StringComparison.Ordinal))
        {
            scanner.Word(start, end);
        }
        else if (facts.Digits == 0 && !last.ContainsAnyInRange('a', 'z'))
        {
            // The name of a constant: one of a closed set.
            scanner.Word(start, end);
        }
        else if (facts.Digits > 0 && facts.Dots >= 2 && char.IsAsciiLetterLower(last[0]) && facts.DigitRun >= 2)
        {
            scanner.Value(start, end);
        }
        else if (LogText.IsDigit(last[0]))
        {
            Fine(ref scanner, scanner.Text, start, end);
        }
        else if (facts.Dots >= 2 || facts.Digits > 0 || LogText.IsTopDomain(last))
        {
            scanner.Soft(start, end, LogToken.ValueKey);
        }
        else
        {
            scanner.Word(start, end);
        }
    }

    private static void Split(ref LogScanner scanner, ReadOnlySpan<char> text, int start, int end, char at)
    {
        var from = start;
        while (from < end)
        {
            var length = text[from..end].IndexOf(at);
            var to = length < 0 ? end : from + length;
            if (at == ':' && from > start && new LogAtomFacts(text[from..end]) is { IsNumeric: true })
            {
                scanner.Value(from, end);
                return;
            }

            if (to > from)
            {
                Part(ref scanner, text, from, to, at);
            }

            from = to < end ? scanner.Marks(to) : end;
        }
    }

    private static void Part(ref LogScanner scanner, ReadOnlySpan<char> text, int start, int end, char at)
    {
        if (at == '.')
        {
            Fine(ref scanner, text, start, end);
            return;
        }

        var part = text[start..end];
        var facts = new LogAtomFacts(part);
        if (facts.Words > 0 && (facts.IsPath(part) || facts.IsNumeric || LogNames.IsUuid(part)))
        {
            scanner.Value(start, end);
        }
        else if (facts is { Digits: 0, Dots: 0, Slashes: 0, Ats: 0 } && facts.Words > 0)
        {
            scanner.Word(start, end);
        }
        else
        {
            Pieces(ref scanner, text, start, end, facts);
        }
    }

    /// <summary>What is left: words, numbers and identifiers joined by inner punctuation.</summary>
    private static void Fine(ref LogScanner scanner, ReadOnlySpan<char> text, int start, int end)
    {
        var at = start;
        while (at < end)
        {
            if (!LogText.IsWord(text[at]))
            {
                at = scanner.Marks(at);
                continue;
            }

            var to = at + 1;
            while (to < end && (LogText.IsWord(text[to]) || IsSign(text, to, end)))
            {
                to++;
            }

            Word(ref scanner, at, to);
            at = to;
        }
    }

    /// <summary>The sign in <c>blk_-123</c>.</summary>
    private static bool IsSign(ReadOnlySpan<char> text, int at, int end) =>
        text[at] == '-' && text[at - 1] == '_' && at + 1 < end && LogText.IsDigit(text[at + 1]);

    private static void Word(ref LogScanner scanner, int start, int end)
    {
        var word = scanner.Text[start..end];
        var facts = new LogAtomFacts(word);
        if (facts.Digits == 0)
        {
            scanner.Word(start, end);
        }
        else if (facts.IsNumeric || facts.DigitRun >= IdentifierDigits || facts.IsVersion(word))
        {
            scanner.Value(start, end);
        }
        else
        {
            scanner.Soft(start, end, facts.DigitRun >= 3 || facts.Switches >= 3 ? LogToken.ValueKey : Shape(word));
        }
    }

    /// <summary>A key that stays the same when only digits change.</summary>
    private static ulong Shape(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        var wasDigit = false;
        foreach (var c in word)
        {
            var isDigit = LogText.IsDigit(c);
            if (!isDigit || !wasDigit)
            {
                hash = (hash ^ (isDigit ? '0' : c)) * 1099511628211UL;
            }

            wasDigit = isDigit;
        }

        return LogText.Mix(hash ^ 0x5A);
    }

    private static int Unit(ref LogScanner scanner, ReadOnlySpan<char> text, int end, bool isNumeric)
    {
        if (!isNumeric || end + 1 >= text.Length || text[end] != ' ')
        {
            return end;
        }

        var to = end + 1;
        while (to < text.Length && to < end + 5 && LogText.IsWord(text[to]))
        {
            to++;
        }

        if (!LogText.IsSizeUnit(text[(end + 1)..to]))
        {
            return end;
        }

        scanner.Soft(end, to, LogToken.ValueKey ^ 1);
        return to;
    }
}

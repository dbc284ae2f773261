namespace CaaS.Analytics.LogTemplates;

/// <summary>What the characters of an atom say about it, counted in one pass.</summary>
internal readonly ref struct LogAtomFacts
{
    /// <summary>Counts.</summary>
    /// <param name="atom">Atom, at least one character.</param>
    public LogAtomFacts(ReadOnlySpan<char> atom)
    {
        var isNumeric = true;
        var isHex = true;
        var at = 0;
        while (at < atom.Length)
        {
            var c = atom[at];
            if (!LogText.IsWord(c))
            {
                Dots += c == '.' ? 1 : 0;
                Slashes += c == '/' ? 1 : 0;
                Colons += c == ':' ? 1 : 0;
                Ats += c == '@' ? 1 : 0;
                Backslashes += c == '\\' ? 1 : 0;
                Dashes += c == '-' ? 1 : 0;
                Tildes += c == '~' ? 1 : 0;
                IsDoubled |= c == '.' && at > 0 && atom[at - 1] == '.';
                at++;
                continue;
            }

            var end = at;
            var digits = 0;
            var run = 0;
            var hex = 0;
            var wasDigit = false;
            while (end < atom.Length && LogText.IsWord(atom[end]))
            {
                var kind = LogText.Of(atom[end]);
                var isDigit = (kind & LogText.Digit) != 0;
                digits += isDigit ? 1 : 0;
                hex += (kind & LogText.Hex) != 0 ? 1 : 0;
                run = isDigit ? run + 1 : 0;
                DigitRun = Math.Max(DigitRun, run);
                Switches += end > at && isDigit != wasDigit && atom[end] != '_' && atom[end - 1] != '_' ? 1 : 0;
                wasDigit = isDigit;
                end++;
            }

            Digits += digits;
            Words++;
            isHex = isHex && digits + hex == end - at && end - at <= 16;
            isNumeric = isNumeric && IsNumber(atom[at..end], digits, hex);
            at = end;
        }

        // Letters a to f alone are a number only among numbers: ff:f2:00, not face.
        IsNumeric = (isNumeric && Digits > 0) || (isHex && Words >= 4 && (Digits > 0 || Colons >= Words - 1));
    }

    /// <summary>Digits.</summary>
    public int Digits { get; }

    /// <summary>Most digits in a row.</summary>
    public int DigitRun { get; }

    /// <summary>Changes from digits to letters and back, underscores not counted.</summary>
    public int Switches { get; }

    /// <summary>Runs of letters and digits.</summary>
    public int Words { get; }

    /// <summary>Dots.</summary>
    public int Dots { get; }

    /// <summary>Slashes.</summary>
    public int Slashes { get; }

    /// <summary>Colons.</summary>
    public int Colons { get; }

    /// <summary>At signs.</summary>
    public int Ats { get; }

    /// <summary>Hyphens.</summary>
    public int Dashes { get; }

    /// <summary>Tildes.</summary>
    public int Tildes { get; }

    /// <summary>Backslashes.</summary>
    public int Backslashes { get; }

    /// <summary>True when there are dots in a row.</summary>
    public bool IsDoubled { get; }

    /// <summary>True for numbers in any base, and several of them with punctuation between: dates, addresses,
    /// ranges, with a unit at the end.</summary>
    public bool IsNumeric { get; }

    /// <summary>True for names with dots between them, ending in a name.</summary>
    public bool IsDotted => Dots > 0 && !IsDoubled;

    /// <summary>True for a path of files, a URL or a Windows path.</summary>
    /// <param name="atom">The atom that was counted.</param>
    public bool IsPath(ReadOnlySpan<char> atom) =>
        (atom[0] == '/' && Words > 0)
        || (Slashes > 0 && atom[0] is '.' or '~')
        || (Backslashes > 0 && (Backslashes >= 2 || (atom.Length > 2 && atom[1] == ':')))
        || (Slashes >= 2 && atom.Contains("://", StringComparison.Ordinal));

    /// <summary>True for <c>v2</c> and the like.</summary>
    /// <param name="word">The atom that was counted.</param>
    public bool IsVersion(ReadOnlySpan<char> word) =>
        word.Length > 1 && word[0] is 'v' or 'V' && Digits == word.Length - 1;

    private static bool IsNumber(ReadOnlySpan<char> piece, int digits, int hex)
    {
        if (digits == piece.Length)
        {
            return true;
        }

        var isPrefixed = piece.Length > 2 && piece[0] == '0' && piece[1] is 'x' or 'X';
        if (isPrefixed && digits + hex == piece.Length - 1)
        {
            return true;
        }

        if (digits + hex == piece.Length)
        {
            return digits > 0 ? piece.Length >= 4 || LogText.IsDigit(piece[0]) : piece.Length >= 8;
        }

        // The T between date and time (ISO 8601).
        if (digits == piece.Length - 1 && LogText.IsDigit(piece[0]) && LogText.IsDigit(piece[^1])
            && piece.Contains('T'))
        {
            return true;
        }

        return digits > 0 && piece.Length - digits <= 3 && LogText.IsDigit(piece[0])
            && piece[digits..].IndexOfAnyInRange('0', '9') < 0;
    }
}

namespace CaaS.Analytics.LogTemplates;

/// <summary>Cuts a log line into typed pieces without knowing what wrote it.</summary>
/// <remarks>
/// A state machine over characters, no regular expressions; hot path: nothing is allocated, cost O(characters). A line
/// goes into blanks, marks and atoms (runs of letters, digits and inner punctuation); <see cref="LogAtom"/> says what
/// an atom is. What the place says is used: quotes, empty brackets, and the text after an equals sign.
/// </remarks>
internal ref struct LogScanner
{
    private readonly ReadOnlySpan<char> _text;
    private readonly LogToken[] _tokens;
    private int _count;
    private bool _isAssigned;
    private bool _isGlued;

    /// <summary>Makes a scanner.</summary>
    /// <param name="text">Line.</param>
    /// <param name="tokens">Where the pieces go; when it is full the rest of the line is one value.</param>
    public LogScanner(ReadOnlySpan<char> text, LogToken[] tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <summary>The line.</summary>
    public readonly ReadOnlySpan<char> Text => _text;

    /// <summary>True when the next piece is what an equals sign assigns.</summary>
    public readonly bool IsAssigned => _isAssigned;

    /// <summary>Cuts the line.</summary>
    /// <returns>The count of pieces.</returns>
    public int Scan()
    {
        var at = 0;
        while (at < _text.Length)
        {
            if (_count >= _tokens.Length - 8)
            {
                Put(LogTokenKind.Value, at, _text.Length, LogToken.ValueKey);
                break;
            }

            var c = _text[at];
            var kind = LogText.Of(c);
            if ((kind & LogText.Blank) != 0)
            {
                at = Blanks(at);
            }
            else if ((kind & (LogText.Digit | LogText.Letter)) != 0 || StartsAtom(at, c))
            {
                // A run of marks may reach past the atom that it ends.
                at = Math.Max(LogAtom.Scan(ref this, at), _tokens[_count - 1].End);
            }
            else if (c is '"' or '\'' or '`')
            {
                at = Quote(at, c);
            }
            else if (c is '(' or '[' or '{' or '<')
            {
                at = Open(at, c);
            }
            else if (c is '#' or '*' && Blotted(at) is > 0 and var blot)
            {
                at = blot;
            }
            else
            {
                at = Marks(at);
            }
        }

        if (_isAssigned && _isGlued)
        {
            Put(LogTokenKind.Value, _text.Length, _text.Length, LogToken.ValueKey);
        }

        return _count > 0 && _tokens[_count - 1].Kind == LogTokenKind.Space ? _count - 1 : _count;
    }

    /// <summary>Adds a run of one mark.</summary>
    /// <param name="at">Where it is.</param>
    /// <returns>Where the next piece is.</returns>
    public int Marks(int at)
    {
        var end = at + 1;
        while (end < _text.Length && _text[end] == _text[at]
            && _text[at] is not ('(' or ')' or '[' or ']' or '{' or '}'))
        {
            end++;
        }

        var isAssignment = _text[at] == '=' && end == at + 1 && at > 0;
        Put(LogTokenKind.Mark, at, end, LogText.Mix(_text[at]));
        _isAssigned = isAssignment;
        _isGlued = isAssignment && LogText.IsWord(_text[at - 1]);
        return end;
    }

    /// <summary>Adds a value; one that only goes on with the value just before it is made one with it.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    public void Value(int start, int end)
    {
        if (_count >= 2 && _tokens[_count - 1] is { Kind: LogTokenKind.Mark, Length: 1 } mark && mark.End == start
            && _tokens[_count - 2] is { Kind: LogTokenKind.Value, Length: > 0 } first && first.End == mark.Start
            && _text[mark.Start] is '.' or ':' or '-' or '/' or '#' or '@' or '+' or '~' or ',')
        {
            _count -= 2;
            start = first.Start;
        }

        Put(LogTokenKind.Value, start, end, LogToken.ValueKey);
    }

    /// <summary>Adds a piece that may be fixed.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="key">What its template is found by; a value's key when it is found without it.</param>
    /// <param name="context">What stands around it.</param>
    public void Soft(int start, int end, ulong key, LogTokenContext context = LogTokenContext.None) =>
        Put(LogTokenKind.Soft, start, end, key, _isAssigned ? LogTokenContext.Assigned : context);

    /// <summary>Adds a word.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="context">What stands around it.</param>
    public void Word(int start, int end, LogTokenContext context = LogTokenContext.None)
    {
        var word = _text[start..end];
        if (_isAssigned && context == LogTokenContext.None && LogText.IsAbsentOrHex(word))
        {
            Soft(start, end, LogToken.ValueKey);
            return;
        }

        context = context != LogTokenContext.None ? context
            : LogText.IsClosed(word) ? LogTokenContext.Closed
            : _isAssigned ? LogTokenContext.Assigned : LogTokenContext.None;
        Put(LogTokenKind.Word, start, end, LogText.Hash(word), context);
    }

    private readonly bool StartsAtom(int at, char c)
    {
        if (at + 1 >= _text.Length)
        {
            return false;
        }

        var next = _text[at + 1];
        var isFree = at == 0 || !LogText.IsWord(_text[at - 1]);
        return c is '/' or '\\' ? LogText.IsWord(next) || next is '.' or '/' or '$' or '*'
            : c is '.' or '~' && next is '/' or '.' ? isFree && IsRelativePath(at)
            : _isAssigned && (LogText.Of(c) & LogText.Inner) != 0 ? LogText.IsWord(next)
            : c is ':' && next is ':' ? isFree && at + 2 < _text.Length && char.IsAsciiHexDigit(_text[at + 2])
            : c is '-' or '+' or '.' && LogText.IsDigit(next) && isFree;
    }

    /// <summary>True for ./, ../ and ~/ before a name.</summary>
    private readonly bool IsRelativePath(int at)
    {
        var rest = _text[at..];
        return rest.Length > 3 && (rest.StartsWith("./", StringComparison.Ordinal)
            || rest.StartsWith("../", StringComparison.Ordinal) || rest.StartsWith("~/", StringComparison.Ordinal));
    }

    private int Blanks(int at)
    {
        var end = at + 1;
        while (end < _text.Length && (LogText.Of(_text[end]) & LogText.Blank) != 0)
        {
            end++;
        }

        if (_isAssigned && _isGlued && (end == _text.Length || NamesField(end)))
        {
            Put(LogTokenKind.Value, at, at, LogToken.ValueKey);
        }

        if (_count > 0)
        {
            var wasAssigned = _isAssigned;
            Put(LogTokenKind.Space, at, end, 1);
            _isAssigned = wasAssigned;
            _isGlued = false;
        }

        return end;
    }

    /// <summary>Tells whether a field name with its equals sign starts here.</summary>
    private readonly bool NamesField(int at)
    {
        var end = at;
        while (end < _text.Length && (LogText.IsWord(_text[end]) || _text[end] is '.' or '-'))
        {
            end++;
        }

        return end > at && end < _text.Length && _text[end] == '=';
    }

    private int Quote(int at, char quote)
    {
        var isStart = at == 0 || !LogText.IsWord(_text[at - 1]);
        var rest = _text[(at + 1)..Math.Min(_text.Length, at + 258)];
        var length = isStart ? rest.IndexOf(quote == '`' ? '\'' : quote) : -1;
        var after = at + length + 2;
        if (length < 0 || (after < _text.Length && LogText.IsWord(_text[after])))
        {
            return Marks(at);
        }

        var inside = rest[..length];
        var isAssigned = _isAssigned;
        if (IsMessage(at) || (!isAssigned && inside.ContainsAny(' ', '\t')))
        {
            return Marks(at);
        }

        Put(LogTokenKind.Mark, at, at + 1, LogText.Mix(quote));
        _isAssigned = isAssigned;
        if (length == 0)
        {
            Put(LogTokenKind.Value, at + 1, at + 1, LogToken.ValueKey);
        }
        else if (LogText.IsClosed(inside))
        {
            Word(at + 1, at + 1 + length);
        }
        else
        {
            Soft(at + 1, at + 1 + length, LogToken.ValueKey, LogTokenContext.Quoted);
        }

        Put(LogTokenKind.Mark, after - 1, after, LogText.Mix(quote));
        return after;
    }

    /// <summary>True when the field before is the message itself, in logfmt or JSON, or how grave it is.</summary>
    private readonly bool IsMessage(int at)
    {
        var end = at;
        while (end > 0 && _text[end - 1] is ':' or '=' or ' ' or '"')
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start < 9 && LogText.IsWord(_text[start - 1]))
        {
            start--;
        }

        return end < at && _text[start..end] is "msg" or "message" or "Message" or "error" or "err" or "event"
            or "reason" or "level" or "severity" or "lvl";
    }

    private int Open(int at, char open)
    {
        var close = open switch { '(' => ')', '[' => ']', '{' => '}', _ => '>' };
        var isFree = at == 0 || !LogText.IsWord(_text[at - 1]);
        if (isFree && at + 1 < _text.Length && _text[at + 1] == close)
        {
            Put(LogTokenKind.Mark, at, at + 1, LogText.Mix(open));
            Put(LogTokenKind.Value, at + 1, at + 1, LogToken.ValueKey);
            Put(LogTokenKind.Mark, at + 1, at + 2, LogText.Mix(close));
            return at + 2;
        }

        if (open is '[' or '<' && _isAssigned)
        {
            var end = at;
            while (end < _text.Length && _text[end] == open && Bracket(end, close) is > 0 and var next)
            {
                end = next;
            }

            if (end > at)
            {
                Soft(at, end, LogToken.ValueKey);
                return end;
            }
        }

        return open == '<' && LessThan(at) is > 0 and var span ? span : Marks(at);
    }

    /// <summary>End of a bracket without blanks; 0 when it has none.</summary>
    private readonly int Bracket(int at, char close)
    {
        var end = at + 1;
        while (end < _text.Length && _text[end] != close && _text[end] is not (' ' or '[' or '<'))
        {
            end++;
        }

        return end < _text.Length && _text[end] == close ? end + 1 : 0;
    }

    /// <summary>Adds a value that was blotted out: <c>#12#</c>, or asterisks alone among numbers; 0 when none is
    /// here.</summary>
    private int Blotted(int at)
    {
        var end = at + 1;
        var isHash = _text[at] == '#';
        while (end < _text.Length && (isHash ? LogText.IsDigit(_text[end]) : _text[end] == '*'))
        {
            end++;
        }

        var isBlot = isHash
            ? end > at + 1 && end < _text.Length && _text[end] == '#'
            : end > at + 1 && end + 1 < _text.Length && _text[end] == ' ' && at > 1 && _text[at - 1] == ' '
                && (LogText.IsDigit(_text[end + 1]) || LogText.IsDigit(_text[at - 2]) || _text[at - 2] is '(' or '*');
        if (!isBlot)
        {
            return 0;
        }

        end += isHash ? 1 : 0;
        Value(at, end);
        return end;
    }

    /// <summary>Adds a duration such as <c>&lt;1 sec</c>; 0 when there is none.</summary>
    private int LessThan(int at)
    {
        var end = at + 1;
        while (end < _text.Length && LogText.IsDigit(_text[end]))
        {
            end++;
        }

        var rest = _text[end..];
        var unit = rest.StartsWith(" sec", StringComparison.Ordinal) ? 4
            : rest.StartsWith(" ms", StringComparison.Ordinal) ? 3 : 0;
        if (end == at + 1 || unit == 0 || (rest.Length > unit && LogText.IsWord(rest[unit])))
        {
            return 0;
        }

        Put(LogTokenKind.Value, at, end + unit, LogToken.ValueKey);
        return end + unit;
    }

    private void Put(LogTokenKind kind, int start, int end, ulong key, LogTokenContext context = LogTokenContext.None)
    {
        var text = kind == LogTokenKind.Soft ? LogText.Hash(_text[start..end]) : 0;
        _tokens[_count++] = new LogToken(kind, context, start, end - start, key, text);
        _isAssigned = false;
        _isGlued = false;
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace CaaS.Orchestration.Policies;

/// <summary>Reads the fields of one draft and notes what is wrong with each, with file, line and key.</summary>
internal sealed class FieldReader
{
    private readonly PolicyDraft _draft;
    private readonly ImmutableArray<string>.Builder _messages;
    private readonly Dictionary<string, PolicyField> _fields = new(StringComparer.Ordinal);

    public FieldReader(PolicyDraft draft, ImmutableArray<string>.Builder messages)
    {
        _draft = draft;
        _messages = messages;
        foreach (var field in draft.Fields)
        {
            if (!_fields.TryAdd(field.Key, field))
            {
                SayAt(field.Line, field.Key, "is there twice");
            }
        }
    }

    public int MessageCount => _messages.Count;

    public bool Has(string key) => _fields.ContainsKey(key);

    public void Say(string key, string text) =>
        SayAt(_fields.TryGetValue(key, out var field) ? field.Line : _draft.Line, key, text);

    public void RefuseUnknown(ImmutableSortedSet<string> known)
    {
        foreach (var field in _draft.Fields.Where(field => !known.Contains(field.Key)))
        {
            SayAt(field.Line, field.Key, "is no key of a policy; there are " + string.Join(", ", known));
        }
    }

    public ImmutableArray<string> List(string key) =>
        _fields.TryGetValue(key, out var field) ? [.. field.Values.Where(value => value.Length > 0)] : [];

    public ImmutableArray<string> Required(string key)
    {
        var values = List(key);
        if (values.IsEmpty)
        {
            Say(key, "is missing");
        }

        return values;
    }

    public string Text(string key, string otherwise)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            return otherwise;
        }

        if (field.Values.Length == 1)
        {
            return field.Values[0];
        }

        Say(key, "must be one value");
        return otherwise;
    }

    public OperationKind? Kind(string key)
    {
        if (!Has(key))
        {
            Say(key, "is missing");
            return null;
        }

        var text = Text(key, "");
        if (PolicyWords.TryKind(text, out var kind))
        {
            return kind;
        }

        Say(key, $"'{text}' is no operation; there are {PolicyWords.Kinds}");
        return null;
    }

    public PolicyMode Mode(string key, PolicyMode otherwise)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        var text = Text(key, "");
        if (PolicyWords.TryMode(text, out var mode))
        {
            return mode;
        }

        Say(key, $"'{text}' is no mode; there are {PolicyWords.Modes}");
        return otherwise;
    }

    public double Number(string key, double otherwise, double least, double most, bool isWhole = false)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        var text = Text(key, "");
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && (!isWhole || Math.Floor(number) == number))
        {
            return number;
        }

        Say(key, string.Create(CultureInfo.InvariantCulture,
            $"'{text}' must be a {(isWhole ? "whole number" : "number")} from {least} to {most}"));
        return otherwise;
    }

    public bool Truth(string key, bool otherwise)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        var text = Text(key, "");
        if (bool.TryParse(text, out var truth))
        {
            return truth;
        }

        Say(key, $"'{text}' must be true or false");
        return otherwise;
    }

    /// <summary>Reads a time such as <c>30s</c>, <c>10m</c>, <c>2h</c> or <c>1d</c>.</summary>
    public TimeSpan Span(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        var text = Text(key, "");
        var seconds = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (seconds > 0
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && TimeSpan.FromSeconds((double)count * seconds) is var span && span >= least && span <= most)
        {
            return span;
        }

        Say(key, $"'{text}' must be a time such as 30s, 10m or 2h, "
            + $"from {PolicySentence.Span(least)} to {PolicySentence.Span(most)}");
        return otherwise;
    }

    private void SayAt(int line, string key, string text) => _messages.Add(
        string.Create(CultureInfo.InvariantCulture, $"{_draft.Source}:{line}: {key}: {text}."));
}

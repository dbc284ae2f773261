using System.Globalization;
using System.Text;

namespace CaaS.Client;

/// <summary>Builds a path with a query string.</summary>
/// <param name="path">Path without a query.</param>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasAny;

    /// <summary>Adds a parameter; null leaves it out.</summary>
    public Query Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_hasAny ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _hasAny = true;
        }

        return this;
    }

    /// <summary>Adds a whole number; null leaves it out.</summary>
    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number; null leaves it out.</summary>
    public Query Add(string name, double? value) => Add(name, value?.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Adds an instant.</summary>
    public Query Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    /// <summary>Adds a truth; null leaves it out.</summary>
    public Query Add(string name, bool? value) =>
        Add(name, value switch { true => "true", false => "false", null => null });

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

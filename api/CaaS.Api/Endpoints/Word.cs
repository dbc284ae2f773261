using System.Diagnostics.CodeAnalysis;

namespace CaaS.Api.Endpoints;

/// <summary>An enumeration's value in a query, by its name in any case; numbers are not taken.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="Value">The value.</param>
internal readonly record struct Word<T>(T Value) : IParsable<Word<T>>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public static Word<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var word) ? word : throw new FormatException($"'{s}' is not a {typeof(T).Name}.");

    /// <inheritdoc/>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Word<T> result)
    {
        var isName = Enum.TryParse<T>(s, ignoreCase: true, out var value) && Enum.IsDefined(value)
            && char.IsLetter(s![0]) && !s.Contains(',', StringComparison.Ordinal);
        result = new Word<T>(value);
        return isName;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaaS.Signals;

/// <summary>How the nouns of every stage are written as JSON on topics, in stores and on the wire of
/// recordings.</summary>
public static class SignalsJson
{
    /// <summary>camelCase names and enums, entities as <c>{"scope","entity"}</c>, NaN as the text
    /// <c>"NaN"</c>.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Writes a noun.</summary>
    /// <typeparam name="T">Type of the noun.</typeparam>
    /// <param name="value">The noun.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Encode<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a noun.</summary>
    /// <typeparam name="T">Type of the noun.</typeparam>
    /// <param name="bytes">UTF-8 JSON.</param>
    /// <returns>The noun.</returns>
    /// <exception cref="FormatException">The bytes are not such a noun.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Options)
                ?? throw new FormatException($"Not a {typeof(T).Name}: null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new ScopeJsonConverter());
        options.Converters.Add(new EntityRefJsonConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

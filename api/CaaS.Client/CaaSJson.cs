using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaaS.Client;

/// <summary>How wire records are written as JSON: camelCase names, enumerations as camelCase strings.</summary>
public static class CaaSJson
{
    /// <summary>Options for reading and writing; read-only.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Applies the same settings to options made by somebody else.</summary>
    /// <param name="options">Options to change.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

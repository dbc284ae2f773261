using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaaS.Signals;

/// <summary>Writes a scope as the text <c>tenant/cluster</c>.</summary>
public sealed class ScopeJsonConverter : JsonConverter<Scope>
{
    /// <inheritdoc/>
    public override Scope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Scope value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    internal static Scope Parse(string? text)
    {
        var parts = (text ?? "").Split('/', 2);
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0
            ? new Scope(parts[0], parts[1])
            : throw new JsonException($"'{text}' is not a scope; write tenant/cluster.");
    }
}

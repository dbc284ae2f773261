using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaaS.Signals;

/// <summary>Writes an entity as <c>{"scope":"tenant/cluster","entity":"namespace/Kind/name"}</c>.</summary>
public sealed class EntityRefJsonConverter : JsonConverter<EntityRef>
{
    /// <inheritdoc/>
    public override EntityRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? scope = null;
        string? entity = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An entity is an object with scope and entity.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isScope = reader.ValueTextEquals("scope");
            var isEntity = reader.ValueTextEquals("entity");
            reader.Read();
            scope = isScope ? reader.GetString() : scope;
            entity = isEntity ? reader.GetString() : entity;
            reader.TrySkip();
        }

        return EntityRef.TryParse(ScopeJsonConverter.Parse(scope), entity ?? "", out var read)
            ? read
            : throw new JsonException($"'{entity}' is not an entity; write namespace/Kind/name.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EntityRef value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("scope", value.Scope.ToString());
        writer.WriteString("entity", value.ToString());
        writer.WriteEndObject();
    }
}

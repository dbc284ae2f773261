using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CaaS.Api.Endpoints;

/// <summary>Describes a <see cref="Word{T}"/> as what it is in a query: one of some words.</summary>
internal sealed class WordSchema : IOpenApiSchemaTransformer
{
    public static bool IsWord(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Word<>);

    /// <inheritdoc/>
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (IsWord(type))
        {
            var names = Enum.GetNames(type.GetGenericArguments()[0]).Select(JsonNamingPolicy.CamelCase.ConvertName);
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
            schema.Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))];
        }

        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CaaS.Api.Access;

/// <summary>Says in the API's description how to sign in, and leaves out where this one runs.</summary>
internal sealed class OpenApiSecurity : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CaaS",
            Version = "v1",
            Description = "Incidents, their causes and the operations that mend them. Entities are written "
                + "namespace/Kind/name, instants as RFC 3339. Reading needs the role viewer, changing the role operator.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        return Task.CompletedTask;
    }
}

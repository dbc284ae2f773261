using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>An entity, short, with its full name on hover.</summary>
public sealed partial class EntityName
{
    /// <summary><c>namespace/Kind/name</c>.</summary>
    [Parameter, EditorRequired]
    public required string Entity { get; set; }
}

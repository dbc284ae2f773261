using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>The way from a cause to what users feel.</summary>
public sealed partial class PathStrip
{
    /// <summary>Entities from cause to symptom.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Path { get; set; }
}

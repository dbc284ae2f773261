using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Runbooks and post-mortems that fit an incident; nothing when none does.</summary>
public sealed partial class Runbooks
{
    private const int MaxReasons = 4;

    /// <summary>What was found, best first. Its text is shown as text, whatever the document was written in.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DocumentMatch> Documents { get; set; }
}

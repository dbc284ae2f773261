using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Incidents of the past that are like one of now; nothing when there are none.</summary>
public sealed partial class SeenBefore
{
    private const int MaxText = 280;
    private const int MaxReasons = 3;

    /// <summary>Incidents, most alike first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SimilarIncident> Incidents { get; set; }

    /// <summary>Now, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }
}

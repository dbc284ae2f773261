using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>An incident's story, by time.</summary>
public sealed partial class TimelineList
{
    private const int MaxShown = 100;
    private const int Shown = MaxShown / 2; // How it began and how it stands: the middle can be left out.

    private const int MaxText = 140; // An event of Kubernetes may be a paragraph; pointing at it shows all of it.

    /// <summary>What happened.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineEntry> Entries { get; set; }
}

using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>An incident's story, by time.</summary>
public sealed partial class TimelineList
{
    private const int MaxShown = 100;
    private const int Shown = MaxShown / 2; // How it began and how it stands: the middle can be left out.

    /// <summary>What happened.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineEntry> Entries { get; set; }
}

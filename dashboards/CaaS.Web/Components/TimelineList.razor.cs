using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>An incident's story, by time.</summary>
public sealed partial class TimelineList
{
    /// <summary>What happened.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineEntry> Entries { get; set; }
}

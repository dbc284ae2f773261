using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Where an alert stands: colour, shape and word.</summary>
public sealed partial class StatusPill
{
    /// <summary>The alert.</summary>
    [Parameter, EditorRequired]
    public required Alert Alert { get; set; }
}

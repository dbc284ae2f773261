using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>An instant as people say it, with the exact one on hover.</summary>
public sealed partial class Moment
{
    /// <summary>The instant, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>Now, UTC.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }
}

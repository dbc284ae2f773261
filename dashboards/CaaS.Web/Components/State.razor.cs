using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Shows a page's content, or that it loads, failed or is empty.</summary>
public sealed partial class State
{
    /// <summary>Why the load failed, or null.</summary>
    [Parameter, EditorRequired]
    public required string? Error { get; set; }

    /// <summary>True once there is something to show.</summary>
    [Parameter, EditorRequired]
    public required bool IsLoaded { get; set; }

    /// <summary>Told to load again after an error.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnRetry { get; set; }

    /// <summary>True when there is nothing to list.</summary>
    [Parameter]
    public bool IsEmpty { get; set; }

    /// <summary>What to say then.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>The content.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}

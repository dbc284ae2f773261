using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>A card that is folded on a narrow screen until it is asked for; on a wide one it is always open.</summary>
public sealed partial class Fold
{
    private bool _isOpen;

    /// <summary>Its heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>How much is in it; null where that says nothing.</summary>
    [Parameter]
    public int? Count { get; set; }

    /// <summary>CSS class of its own, or empty.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>What is in it.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}

using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Says why the last command was refused; says nothing when it was done, since the page shows that.</summary>
public sealed partial class AnswerBar
{
    /// <summary>What the command was answered, or null.</summary>
    [Parameter, EditorRequired]
    public required Outcome? Answer { get; set; }
}

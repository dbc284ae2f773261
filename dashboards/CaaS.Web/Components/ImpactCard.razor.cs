using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>Whose users are hurt and how much, and which services merely have symptoms.</summary>
public sealed partial class ImpactCard
{
    private const int MaxAffected = 8; // Worst first; what follows changes no decision at night.
    private const int MaxImpacted = 5;

    /// <summary>The incident.</summary>
    [Parameter, EditorRequired]
    public required Incident Incident { get; set; }

    private string Harm(string service) => Incident.Harms.FirstOrDefault(harm => harm.Service == service)?.Text ?? "";
}

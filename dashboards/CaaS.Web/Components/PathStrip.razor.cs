using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>The way of the harm from a cause to what users feel, as a chain.</summary>
public sealed partial class PathStrip
{
    /// <summary>Entities from cause to symptom.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Path { get; set; }

    /// <summary>What is known of how much services on it are hurt.</summary>
    [Parameter]
    public IReadOnlyList<ServiceHarm> Harms { get; set; } = [];

    /// <summary>Services whose users are hurt.</summary>
    [Parameter]
    public IReadOnlyList<string> Affected { get; set; } = [];

    private string Role(int index) => Class(index) switch
    {
        "start" => "cause",
        "felt" => "users feel it",
        "end" => "symptom",
        _ => "on the way",
    };

    private string Class(int index) =>
        index == 0 ? "start" : Affected.Any(service => IsOf(service, Path[index])) ? "felt"
        : index == Path.Count - 1 ? "end" : "";

    private ServiceHarm? Harm(string entity) => Harms.FirstOrDefault(harm => IsOf(harm.Service, entity));

    /// <summary>A path goes over workloads, harm is told of services: those of one name are taken for the
    /// same.</summary>
    private static bool IsOf(string service, string entity) =>
        service == entity
        || (Words.Name(service) == Words.Name(entity) && service.Split('/')[0] == entity.Split('/')[0]);
}

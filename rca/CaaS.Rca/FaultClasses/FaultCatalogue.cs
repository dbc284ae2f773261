using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaaS.Rca.FaultClasses;

/// <summary>The fault classes the platform knows, read from the embedded <c>fault-classes.json</c> and
/// <c>signed-fault-classes.json</c>.</summary>
/// <param name="UnknownScore">Score of "something else": what a cause must beat to be believed.</param>
/// <param name="Temperature">Divides scores before they become probabilities: evidence is never quite
/// independent.</param>
/// <param name="ModalityCap">Most that one sort of evidence may add or take, nats.</param>
/// <param name="Classes">The classes.</param>
public sealed record FaultCatalogue(
    double UnknownScore, double Temperature, double ModalityCap, ImmutableArray<FaultClass> Classes)
{
    private const string Resources = "CaaS.Rca.FaultClasses.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The catalogue that ships with the platform.</summary>
    public static FaultCatalogue Default { get; } = Load();

    /// <summary>What shows a class by its name.</summary>
    [JsonIgnore]
    public SignBook Signs { get; private init; } = new([]);

    /// <summary>Finds a class.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The class, or null when there is none.</returns>
    public FaultClass? Find(string id) => Classes.FirstOrDefault(candidate => candidate.Id == id);

    private static FaultCatalogue Load()
    {
        var common = Read<FaultCatalogue>("fault-classes.json");
        var signed = Read<SignedFaultFile>("signed-fault-classes.json");
        return common with
        {
            Classes = [.. common.Classes, .. signed.Classes.Select(known => known.Unfold(signed.Profiles[known.Profile]))],
            Signs = new SignBook(signed.Classes),
        };
    }

    private static T Read<T>(string name)
    {
        using var stream = typeof(FaultCatalogue).Assembly.GetManifestResourceStream(Resources + name)
            ?? throw new InvalidOperationException($"Resource {name} is missing from the assembly.");
        return JsonSerializer.Deserialize<T>(stream, Json)
            ?? throw new InvalidOperationException($"Resource {name} is empty.");
    }
}

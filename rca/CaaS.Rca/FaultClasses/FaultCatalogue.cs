using System.Collections.Immutable;
using System.Text.Json;

namespace CaaS.Rca.FaultClasses;

/// <summary>The fault classes the platform knows, read from the embedded <c>fault-classes.json</c>.</summary>
/// <param name="UnknownScore">Score of "something else": what a cause must beat to be believed.</param>
/// <param name="Temperature">Divides scores before they become probabilities: evidence is never quite
/// independent.</param>
/// <param name="ModalityCap">Most that one sort of evidence may add or take, nats.</param>
/// <param name="Classes">The classes.</param>
public sealed record FaultCatalogue(
    double UnknownScore, double Temperature, double ModalityCap, ImmutableArray<FaultClass> Classes)
{
    private const string Resource = "CaaS.Rca.FaultClasses.fault-classes.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The catalogue that ships with the platform.</summary>
    public static FaultCatalogue Default { get; } = Load();

    /// <summary>Finds a class.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The class, or null when there is none.</returns>
    public FaultClass? Find(string id) => Classes.FirstOrDefault(candidate => candidate.Id == id);

    private static FaultCatalogue Load()
    {
        using var stream = typeof(FaultCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Resource {Resource} is missing from the assembly.");
        return JsonSerializer.Deserialize<FaultCatalogue>(stream, Json)
            ?? throw new InvalidOperationException($"Resource {Resource} is empty.");
    }
}

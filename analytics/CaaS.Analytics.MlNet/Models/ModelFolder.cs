using System.Globalization;
using CaaS.Analytics.Models;
using CaaS.Log;
using CaaS.Signals;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>Versions of one kind of model in a folder: a file each that never changes, and one that says where each
/// stands.</summary>
/// <remarks>Not thread-safe. A version is durable before it is listed, so a crash between the two leaves a file that is
/// overwritten by the next version of that number. A file that is damaged stays listed, with the reason.</remarks>
public sealed class ModelFolder
{
    private const long FileSizeMax = 64 * 1024 * 1024;
    private const string StandingsFile = "standings.json";

    /// <summary>Versions behind the active one that are never dropped.</summary>
    private const int LineCountMax = 3;

    private readonly string _path;
    private readonly string _kind;
    private readonly SortedDictionary<int, ModelVersion> _versions = [];

    /// <summary>Reads what is there.</summary>
    /// <param name="path">Folder; must exist.</param>
    /// <param name="kind">What the models judge; lower-case letters.</param>
    public ModelFolder(string path, string kind)
    {
        (_path, _kind) = (path, kind);
        Recall();
    }

    /// <summary>What is wrong with the list of standings; empty when nothing is.</summary>
    public string Damage { get; private set; } = "";

    /// <summary>Versions, oldest first.</summary>
    public IReadOnlyCollection<ModelVersion> Versions => _versions.Values;

    /// <summary>The version that is believed, or null.</summary>
    public ModelVersion? Active =>
        _versions.Values.FirstOrDefault(version => version.Standing.State == ModelState.Active);

    /// <summary>Number of the next version: none is used twice while a later one is kept.</summary>
    public int NextVersion => _versions.Count == 0 ? 1 : _versions.Keys.Max() + 1;

    /// <summary>Finds a version.</summary>
    /// <param name="version">Its number.</param>
    /// <returns>The version, or null.</returns>
    public ModelVersion? FindOrNull(int version) => _versions.GetValueOrDefault(version);

    /// <summary>Keeps a new version, as a candidate.</summary>
    /// <param name="manifest">What it is.</param>
    /// <param name="model">The model.</param>
    /// <param name="keptCountMax">Most versions kept afterwards; the oldest retired ones go, but never the line the
    /// active one could be rolled back along.</param>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public void Add(ModelManifest manifest, ReadOnlySpan<byte> model, int keptCountMax)
    {
        DurableFile.WriteAtomically(PathOf(manifest.Version), ModelFile.Write(manifest, model));
        var standing = new ModelStanding(
            manifest.Version, ModelState.Candidate, manifest.TrainedAt, "It was trained and not yet tried.", null);
        _versions[manifest.Version] = new ModelVersion(standing, manifest, "");
        var gone = Surplus(keptCountMax);
        Keep();
        foreach (var version in gone)
        {
            File.Delete(PathOf(version));
        }
    }

    /// <summary>Notes where versions stand now, all at once.</summary>
    /// <param name="standings">Changed standings of versions that are kept.</param>
    /// <exception cref="IOException">It could not be made durable.</exception>
    public void Note(params ReadOnlySpan<ModelStanding> standings)
    {
        foreach (var standing in standings)
        {
            _versions[standing.Version] = _versions[standing.Version] with { Standing = standing };
        }

        Keep();
    }

    /// <summary>Loads a version.</summary>
    /// <param name="version">Its number.</param>
    /// <returns>The model, the caller's to dispose.</returns>
    /// <exception cref="ModelException">There is none, or its file is refused; the version is then listed as
    /// damaged.</exception>
    public RatingModel Load(int version)
    {
        if (FindOrNull(version) is not { } kept)
        {
            throw new ModelException(FormattableString.Invariant($"There is no version {version}."));
        }

        try
        {
            var (manifest, model) = Read(version);
            return RatingTrainer.Load(model, manifest.Features.Count);
        }
        catch (ModelException e)
        {
            _versions[version] = kept with { Damage = e.Message };
            throw;
        }
    }

    private string PathOf(int version) =>
        Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{_kind}-{version:D6}.model"));

    private (ModelManifest Manifest, byte[] Model) Read(int version)
    {
        try
        {
            var file = new FileInfo(PathOf(version));
            if (file.Length > FileSizeMax)
            {
                throw new ModelException($"It has {file.Length} bytes, more than a model has.");
            }

            var (manifest, model) = ModelFile.Read(File.ReadAllBytes(file.FullName));
            return manifest.Version == version && manifest.Kind == _kind
                ? (manifest, model)
                : throw new ModelException($"It holds {manifest.Name}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"It cannot be read: {e.Message}", e);
        }
    }

    private void Recall()
    {
        var file = Path.Combine(_path, StandingsFile);
        if (!File.Exists(file))
        {
            return;
        }

        ModelStanding[] standings;
        try
        {
            standings = SignalsJson.Decode<ModelStanding[]>(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            // Which one was believed is not known any more: none is, until a person or a new trial says so.
            Damage = $"{StandingsFile} cannot be read, so no version is active: {e.Message}";
            standings = [.. Files().Select(version => new ModelStanding(
                version, ModelState.Retired, DateTimeOffset.UnixEpoch, "Where it stood is lost.", null))];
        }

        foreach (var standing in standings)
        {
            _versions[standing.Version] = Look(standing);
        }
    }

    private ModelVersion Look(ModelStanding standing)
    {
        try
        {
            return new ModelVersion(standing, Read(standing.Version).Manifest, "");
        }
        catch (ModelException e)
        {
            return new ModelVersion(standing, null, e.Message);
        }
    }

    private IEnumerable<int> Files() =>
        from path in Directory.EnumerateFiles(_path, $"{_kind}-*.model")
        let number = Path.GetFileNameWithoutExtension(path)[(_kind.Length + 1)..]
        where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select int.Parse(number, CultureInfo.InvariantCulture);

    private void Keep() => DurableFile.WriteAtomically(
        Path.Combine(_path, StandingsFile),
        SignalsJson.Encode(_versions.Values.Select(version => version.Standing).ToArray()));

    private int[] Surplus(int keptCountMax)
    {
        var line = new HashSet<int>();
        for (var version = Active; version is not null && line.Count < LineCountMax && line.Add(version.Standing.Version);)
        {
            version = FindOrNull(version.Manifest?.Parent ?? 0);
        }

        var gone = _versions.Values
            .Where(version => version.Standing.State == ModelState.Retired && !line.Contains(version.Standing.Version))
            .Select(version => version.Standing.Version)
            .Take(Math.Max(0, _versions.Count - keptCountMax))
            .ToArray();
        foreach (var version in gone)
        {
            _versions.Remove(version);
        }

        return gone;
    }
}

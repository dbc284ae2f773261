using CaaS.Analytics.Models;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>The life of a kind of model: trained on older judgements, tried on newer ones, believed when better, given
/// up when worse.</summary>
/// <remarks>
/// Features are taken once and a version never changes, so rating an example later says what rating it on arrival would
/// have said: a version in shadow is tried on what came after it without any record of its ratings. Every comparison is
/// on examples that neither side learned from. Deterministic: the same examples, instants and folder give the same
/// versions. Not thread-safe. Training 2,000 examples takes about a second.
/// </remarks>
public sealed class ModelCourse
{
    private readonly ModelFolder _folder;
    private readonly string _kind;
    private readonly IReadOnlyList<string> _features;
    private readonly ModelOptions _options;
    private (int Version, RatingModel? Model, string Refused) _shadow = (0, null, "");
    private string _refused = "";
    private int _failedWith = -1;

    /// <summary>Takes up where the folder stands.</summary>
    /// <param name="folder">Versions.</param>
    /// <param name="kind">What they judge.</param>
    /// <param name="features">Names of the features, in order; a version with others is not used.</param>
    /// <param name="options">What is asked of them.</param>
    public ModelCourse(ModelFolder folder, string kind, IReadOnlyList<string> features, ModelOptions options)
    {
        (_folder, _kind, _features, _options) = (folder, kind, features, options);
        Believe();
    }

    /// <summary>The model that is believed, or null.</summary>
    public RatingModel? Active { get; private set; }

    /// <summary>Its name, or empty.</summary>
    public string ActiveName => Active is null ? "" : _folder.Active?.Manifest?.Name ?? "";

    /// <summary>What is waited for or what went wrong; empty when nothing is.</summary>
    public string Notice { get; private set; } = "";

    /// <summary>Versions, newest first.</summary>
    public IReadOnlyList<ModelVersion> Versions => [.. _folder.Versions.Reverse()];

    /// <summary>Does what the judgements so far call for.</summary>
    /// <param name="examples">Examples; of more than the options take, the newest count.</param>
    /// <param name="now">Now, UTC.</param>
    /// <exception cref="IOException">A change could not be made durable.</exception>
    public void Advance(IReadOnlyList<Example> examples, DateTimeOffset now)
    {
        Example[] known =
        [
            .. examples.Where(example => example.Features.Count == _features.Count)
                .OrderBy(example => example.At).ThenBy(example => example.Id, StringComparer.Ordinal)
                .TakeLast(_options.ExampleCountMax),
        ];
        Example[] judged = [.. known.Where(example => example.IsPositive is not null)];
        Watch(judged, now);
        Try(judged, now);
        if (Train(known, judged, now))
        {
            Try(judged, now);
        }
    }

    /// <summary>Believes a version because a person says so.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>Why not; empty when done.</returns>
    public string Promote(int version, string actor, DateTimeOffset now)
    {
        if (_folder.Active?.Standing.Version == version && Active is not null)
        {
            return "";
        }

        var (model, why) = Open(version);
        using (model)
        {
            if (model is not null)
            {
                Replace(version, $"Promoted by {actor}.", $"Replaced by {actor}.", now);
            }
        }

        return why;
    }

    /// <summary>Goes back to the version that was believed when the active one was trained, or to none.</summary>
    /// <param name="actor">Who says so.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>Why not; empty when done.</returns>
    public string Rollback(string actor, DateTimeOffset now)
    {
        if (_folder.Active is not { } active)
        {
            return "No version is active.";
        }

        StepBack(active, $"Rolled back by {actor}.", _ => true, now);
        return "";
    }

    /// <summary>Gives the active version up when it has become worse than knowing nothing, or its file is
    /// refused.</summary>
    private void Watch(Example[] judged, DateTimeOffset now)
    {
        if (_folder.Active is not { } active)
        {
            return;
        }

        if (Active is null || active.Manifest is not { } manifest)
        {
            StepBack(active, _refused, _ => true, now);
            return;
        }

        Example[] seen =
        [
            .. judged.Where(example => example.At > active.Standing.Since && example.At > manifest.TrainedTo)
                .TakeLast(_options.WatchCount),
        ];
        if (seen.Length < _options.WatchCountMin)
        {
            return;
        }

        // Seen from the other side: by how much knowing nothing is better.
        bool[] labels = [.. seen.Select(IsPositive)];
        double[] nothing = [.. seen.Select(_ => manifest.BaseRate)];
        var trial = Trial.Of(labels, nothing, Rate(Active, seen), manifest.Name);
        if (trial.Gain >= _options.GainMin && trial.GainLow > 0)
        {
            var reason = FormattableString.Invariant(
                $"Log loss {trial.RivalLoss:0.000} on the last {seen.Length} judged, {Trial.BaseRate} {trial.Loss:0.000}: ")
                + "what it learned holds no more.";
            StepBack(
                active, reason, model => Trial.Of(labels, Rate(model, seen), nothing, Trial.BaseRate).Gain > 0, now);
        }
    }

    /// <summary>Tries the newest version that is not believed on all that was held back from it.</summary>
    private void Try(Example[] judged, DateTimeOffset now)
    {
        ModelVersion[] waiting =
        [
            .. _folder.Versions.Where(version => version.Standing.State is ModelState.Candidate or ModelState.Shadow),
        ];
        foreach (var older in waiting.SkipLast(1))
        {
            _folder.Note(Retired(older, "A newer version took its place in shadow.", now));
        }

        if (waiting.Length == 0)
        {
            return;
        }

        var version = waiting[^1];
        if (_shadow.Version != version.Standing.Version)
        {
            var (opened, refused) = Open(version.Standing.Version);
            _shadow = (version.Standing.Version, opened, refused);
        }

        if (_shadow.Model is not { } model || version.Manifest is not { } manifest)
        {
            _folder.Note(Retired(version, _shadow.Refused, now));
            return;
        }

        var (trial, why) = Compare(manifest, model, judged);
        var standing = version.Standing with { Trial = trial };
        if (why.Length == 0)
        {
            _folder.Note(standing);
            Replace(
                manifest.Version,
                FormattableString.Invariant(
                    $"Log loss {trial.Loss:0.000} on {trial.Count} held back, {trial.Rival} {trial.RivalLoss:0.000}."),
                $"{manifest.Name} did better.",
                now);
            return;
        }

        var since = standing.State == ModelState.Shadow ? standing.Since : now;
        var shadow = standing with { State = ModelState.Shadow, Since = since, Reason = why };
        if (shadow != version.Standing)
        {
            _folder.Note(shadow);
        }
    }

    /// <summary>Holds a version against knowing nothing, and against the active one when it passes that.</summary>
    /// <returns>The last trial, and why the version may not be believed; empty when it may.</returns>
    private (Trial Trial, string Why) Compare(ModelManifest manifest, RatingModel model, Example[] judged)
    {
        var active = Active is null ? null : _folder.Active?.Manifest;
        Example[] held =
        [
            .. judged.Where(example => example.At > manifest.TrainedTo && !(example.At <= active?.TrainedTo)),
        ];
        bool[] labels = [.. held.Select(IsPositive)];
        var rates = Rate(model, held);
        var trial = Trial.Of(labels, rates, [.. held.Select(_ => manifest.BaseRate)], Trial.BaseRate);
        var why = trial.Against(_options);
        if (why.Length == 0 && Active is not null && active is not null)
        {
            trial = Trial.Of(labels, rates, Rate(Active, held), active.Name);
            why = trial.Against(_options);
        }

        var after = held.Count(example => example.At > manifest.TrainedAt);
        return why.Length > 0 || after >= _options.ShadowCountMin
            ? (trial, why)
            : (trial, FormattableString.Invariant(
                $"{after} of {_options.ShadowCountMin} judged incidents came after its training."));
    }

    /// <returns>True when there is a new version.</returns>
    private bool Train(Example[] known, Example[] judged, DateTimeOffset now)
    {
        Notice = _folder.Damage;
        var (part, why) = TrainingPart.Of(judged, _options);
        if (why.Length > 0)
        {
            Notice = Say(why);
            return false;
        }

        var newest = _folder.Versions.LastOrDefault(version => version.Manifest is not null)?.Manifest;
        var fresh = newest is null ? judged.Length : judged.Count(example => example.At > newest.JudgedTo);
        if (fresh < _options.RetrainAfter || judged.Length == _failedWith)
        {
            return false;
        }

        var (from, to) = (part[0].At, part[^1].At);
        Example[] learned = [.. known.Where(example => example.At >= from && example.At <= to)];
        try
        {
            var (model, metrics) = RatingTrainer.Train(learned, _options.Seed);
            var manifest = new ModelManifest(
                _kind, _folder.NextVersion, now, from, to, judged[^1].At, learned.Count(IsPositive),
                learned.Count(example => example.IsPositive is false),
                learned.Count(example => example.IsPositive is null),
                _options.Seed, _features, metrics, _folder.Active?.Standing.Version ?? 0);
            _folder.Add(manifest, model, _options.KeptCountMax);
            return true;
        }
        catch (ModelException e)
        {
            _failedWith = judged.Length;
            Notice = Say(e.Message);
            return false;
        }
    }

    /// <summary>Retires the active version and believes the nearest of its line that will do.</summary>
    private void StepBack(ModelVersion active, string reason, Func<RatingModel, bool> willDo, DateTimeOffset now)
    {
        _folder.Note(Retired(active, reason, now));
        var passed = new HashSet<int> { active.Standing.Version };
        var parent = active.Manifest?.Parent ?? 0;
        while (parent > 0 && passed.Add(parent))
        {
            var (model, _) = Open(parent);
            using (model)
            {
                if (model is not null && willDo(model))
                {
                    Replace(
                        parent, FormattableString.Invariant($"Version {active.Standing.Version} was given up."), "", now);
                    return;
                }
            }

            parent = _folder.FindOrNull(parent)?.Manifest?.Parent ?? 0;
        }

        Believe();
    }

    private void Replace(int version, string reason, string retiredBecause, DateTimeOffset now)
    {
        var chosen = _folder.FindOrNull(version)!.Standing with
        {
            State = ModelState.Active,
            Since = now,
            Reason = reason,
        };
        if (_folder.Active is { } former)
        {
            _folder.Note(Retired(former, retiredBecause, now), chosen);
        }
        else
        {
            _folder.Note(chosen);
        }

        Believe();
    }

    /// <summary>Takes up the version the folder calls active. The former is not disposed: somebody may be rating by
    /// it.</summary>
    private void Believe() =>
        (Active, _refused) = _folder.Active is { } active ? Open(active.Standing.Version) : (null, "");

    private (RatingModel? Model, string Why) Open(int version)
    {
        if (_folder.FindOrNull(version) is not { } kept)
        {
            return (null, FormattableString.Invariant($"There is no version {version}."));
        }

        if (kept.Manifest is { } manifest && !manifest.Features.SequenceEqual(_features))
        {
            return (null, FormattableString.Invariant($"Version {version} was trained on other features."));
        }

        try
        {
            return (_folder.Load(version), "");
        }
        catch (ModelException e)
        {
            return (null, FormattableString.Invariant($"The file of version {version} is refused. {e.Message}"));
        }
    }

    private string Say(string text) => _folder.Damage.Length == 0 ? text : $"{_folder.Damage} {text}";

    private static bool IsPositive(Example example) => example.IsPositive is true;

    private static double[] Rate(RatingModel model, Example[] examples) =>
        [.. examples.Select(example => model.Rate(example.Features))];

    private static ModelStanding Retired(ModelVersion version, string reason, DateTimeOffset now) =>
        version.Standing with { State = ModelState.Retired, Since = now, Reason = reason };
}

using System.Globalization;
using CaaS.Alerting.Feedback;
using CaaS.Alerting.Ports;
using CaaS.Analytics.MlNet.Models;
using CaaS.Analytics.Models;
using CaaS.Analytics.Ports;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime.Models;

/// <summary>Lets the model learn from what people say, and does what they ask of its versions.</summary>
internal sealed class ModelKeeper(
    IFeedbackStore feedback,
    DataFolder data,
    ILog log,
    ActiveModel active,
    IOptions<ModelOptions> options,
    TimeProvider time,
    ILogger<ModelKeeper> logger) : BackgroundService, IModelRegistry
{
    /// <summary>Consumer group on the topic <c>commands</c>.</summary>
    public const string Group = "models";

    private const int ReadBytesMax = 256 * 1024;
    private const int WordsPerExample = 10;

    private readonly ModelOptions _options = options.Value;
    private readonly Lock _lock = new(); // A person's command and the next look at what people said take turns.
    private ModelCourse? _course;
    private volatile IReadOnlyList<ModelVersion> _versions = [];
    private volatile string _notice = "";

    /// <inheritdoc/>
    public IReadOnlyList<ModelVersion> Versions => _versions;

    /// <inheritdoc/>
    public string Notice => _notice;

    /// <summary>Looks at what people said since, and does what it calls for.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        var known = await feedback.ExamplesAsync(_options.ExampleCountMax, cancellationToken).ConfigureAwait(false);
        var said = (await feedback.FeedbackAsync(null, WordsPerExample * _options.ExampleCountMax, cancellationToken)
            .ConfigureAwait(false)).ToLookup(word => word.IncidentId, StringComparer.Ordinal);
        Example[] examples =
        [
            .. known.Select(example => new Example(
                example.IncidentId, example.OpenedAt, example.Features, Judgement.IsUseful(said[example.IncidentId]))),
        ];
        Act(course => course.Advance(examples, time.GetUtcNow()));
    }

    /// <summary>Does what a person asks.</summary>
    /// <returns>What became of it.</returns>
    public CommandOutcome Carry(Command command, DateTimeOffset now)
    {
        var why = "";
        Act(course => why = command.Verb switch
        {
            CommandVerbs.ModelRollback => course.Rollback(command.Actor, now),
            CommandVerbs.ModelPromote when int.TryParse(
                command.Target, NumberStyles.None, CultureInfo.InvariantCulture, out var version) =>
                course.Promote(version, command.Actor, now),
            CommandVerbs.ModelPromote => $"{command.Target} is no version.",
            _ => $"Nothing answers to {command.Verb}.",
        });
        return why.Length == 0
            ? new CommandOutcome(command.Id, true, "", active.Current?.Name ?? "none")
            : new CommandOutcome(command.Id, false, why, "");
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _options.Enabled
        ? Task.WhenAll(
            AgainAsync(AdvanceAsync, _options.Interval, stoppingToken),
            AgainAsync(FollowAsync, TimeSpan.FromSeconds(1), stoppingToken))
        : AgainAsync(FollowAsync, TimeSpan.FromSeconds(1), stoppingToken);

    private void Act(Action<ModelCourse> act)
    {
        lock (_lock)
        {
            _course ??= new ModelCourse(
                new ModelFolder(data.Sub("models"), Usefulness.Kind),
                Usefulness.Kind,
                IncidentFeatures.Names,
                _options);
            act(_course);
            _versions = _course.Versions;
            _notice = _course.Notice;
            Choose(_options.Enabled ? _course.Active : null, _course.ActiveName);
        }
    }

    private void Choose(RatingModel? model, string name)
    {
        if (model is null ? active.Current is null : active.Current is UsefulnessModel held && held.Holds(model))
        {
            return;
        }

        active.Current = model is null ? null : new UsefulnessModel(name, model);
        logger.Chosen(model is null ? "none" : name);
    }

    private async Task AgainAsync(
        Func<CancellationToken, Task> act, TimeSpan pause, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await act(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ModelsInterrupted(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var next = await log.CommittedAsync(Group, Topics.Commands, 0, cancellationToken).ConfigureAwait(false) ?? 0;
        while (true)
        {
            var entries = await log.ReadAsync(Topics.Commands, 0, next, ReadBytesMax, cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in entries)
            {
                if (DecodeOrNull(entry) is { } command && command.Verb.StartsWith("model.", StringComparison.Ordinal))
                {
                    var outcome = Carry(command, entry.AppendedAt);
                    await log.AppendAsync(Topics.Outcomes, 0, SignalsJson.Encode(outcome), cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            next = entries[^1].Offset + 1;
            await log.CommitAsync(Group, Topics.Commands, 0, next, cancellationToken).ConfigureAwait(false);
        }
    }

    private Command? DecodeOrNull(LogEntry entry)
    {
        try
        {
            return SignalsJson.Decode<Command>(entry.Payload.Span);
        }
        catch (FormatException e)
        {
            logger.Malformed(Topics.Commands.Name, entry.Offset, e.Message);
            return null;
        }
    }
}

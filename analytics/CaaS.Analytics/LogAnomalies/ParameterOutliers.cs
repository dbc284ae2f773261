using CaaS.Analytics.LogTemplates;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Watches the named numbers in a workload's lines.</summary>
/// <remarks>Reads the first lines of every slot up to a limit; numbers without a name are not watched. First come,
/// first watched, up to a limit.</remarks>
internal sealed class ParameterOutliers(EntityRef entity, AnalyticsOptions options)
{
    private const int NamesPerTemplate = 4;

    private readonly Dictionary<(LogTemplate Template, string Name), Parameter> _byName = [];
    private readonly List<Parameter> _all = [];
    private int _slotLines;

    /// <summary>Takes in a line.</summary>
    /// <param name="template">Its template.</param>
    /// <param name="body">Line.</param>
    public void Add(LogTemplate template, string body)
    {
        if (options.Logs.Parameters == LogAnomalyMode.Off || _slotLines >= options.Logs.ParameterLinesPerSlot)
        {
            return;
        }

        _slotLines++;
        var line = body.AsSpan(0, Math.Min(body.Length, options.Logs.MaxLineLength));
        var end = line.IndexOfAny('\r', '\n');
        var names = 0;
        foreach (var variable in LogVariables.Of(end < 0 ? line : line[..end]))
        {
            if (variable.Name.Length > 0 && double.IsFinite(variable.Number) && names < NamesPerTemplate)
            {
                names++;
                Of(template, variable)?.Add(variable, body);
            }
        }
    }

    /// <summary>Lets lines be read again.</summary>
    public void EndSlot() => _slotLines = 0;

    /// <summary>Judges a window.</summary>
    public void EndWindow(long nowMs, LogFindings found)
    {
        foreach (var parameter in _all)
        {
            parameter.EndWindow(nowMs - options.LogWindowMs(), nowMs, found);
        }
    }

    /// <summary>Forgets the numbers of a template that became another.</summary>
    public void Forget(LogTemplate template, long nowMs, LogFindings found)
    {
        foreach (var parameter in _all.Where(parameter => parameter.Template == template))
        {
            parameter.End(nowMs, found);
        }

        _all.RemoveAll(parameter => parameter.Template == template);
        foreach (var key in _byName.Keys.Where(key => key.Template == template).ToArray())
        {
            _byName.Remove(key);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="templates">All templates; loaded before.</param>
    public void Sync(StateArchive archive, List<LogTemplate> templates)
    {
        archive.Value(ref _slotLines);
        archive.List(_all, parameter =>
        {
            var template = templates[archive.Within(parameter?.Template.Pattern.Number ?? 0, 0, templates.Count - 1)];
            var name = archive.Text(parameter?.Name ?? "");
            var key = archive.Key(parameter?.Alarm.Key);
            var unit = archive.Text(parameter?.Alarm.Unit ?? "");
            parameter ??= Make(template, name, key, unit);
            parameter.Sync(archive);
            return parameter;
        });
        _all.ForEach(parameter => _byName[(parameter.Template, parameter.Name)] = parameter);
    }

    private Parameter Make(LogTemplate template, string name, SeriesKey key, string unit) =>
        new(template, name, new LogAlarm(key, AnomalyKind.LogParameter, unit, options.Logs.Parameters));

    private Parameter? Of(LogTemplate template, in LogVariable variable)
    {
        if (_byName.TryGetValue((template, variable.Name), out var known)
            || _all.Count >= options.Logs.ParametersPerEntity)
        {
            return known;
        }

        var key = new SeriesKey(entity, template.Signal, [new Label("parameter", variable.Name)], MetricKind.Gauge);
        var parameter = Make(template, variable.Name, key, variable.Unit);
        _byName.Add((template, variable.Name), parameter);
        _all.Add(parameter);
        return parameter;
    }
}

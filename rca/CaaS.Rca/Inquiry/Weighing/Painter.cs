namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Fills the channels of every entity from series, clues of requests, logs, events and changes.</summary>
internal sealed class Painter
{
    private const double RecentSeconds = 1200;
    private const double CalmSeconds = 2400;
    private const double ChangeSeconds = 1200;
    private const double SilenceNats = 6;
    private const int NewLineMin = 2;
    private const double MoreLines = 4;
    private const double AddedMin = 0.2;
    private readonly CauseCase _case;
    private readonly double _onset;
    private readonly ShiftReader _reader;
    private readonly Portraits _portraits;
    private readonly ILookup<int, int> _askers;

    private Painter(CauseCase @case, double onset, CauseOptions options)
    {
        (_case, _onset) = (@case, onset);
        _reader = new ShiftReader(@case, onset, options);
        _portraits = new Portraits(@case.Entities.Length);
        _askers = @case.Calls.Select(call => (To: call.Callee, From: call.Caller))
            .Concat(@case.Depends.Where(link => link.Sort is DependsSort.Mounts or DependsSort.Asks)
                .Select(link => (link.To, link.From)))
            .Distinct().ToLookup(link => link.To, link => link.From);
    }

    public static Portraits Paint(CauseCase @case, double onset, CauseOptions options, IEnumerable<Clue> clues)
    {
        var painter = new Painter(@case, onset, options);
        foreach (var group in @case.Series.GroupBy(series => series.Entity))
        {
            painter.Series([.. group]);
        }

        foreach (var clue in clues)
        {
            painter.Request(clue);
        }

        painter.Lines();
        painter.Loads();
        painter.Events();
        painter.Changes();
        return painter._portraits;
    }

    private void Series(SeriesFact[] all)
    {
        var entity = all[0].Entity;
        _portraits.SeriesCounts[entity] = all.Length;
        foreach (var series in all)
        {
            Level(entity, series, series.Part.Length > 0);
            if (series.Meaning == Meaning.Usage && OwnFeatures.Sort(_case, entity) == EntitySort.Node)
            {
                _portraits.Full[entity] = Math.Max(_portraits.Full[entity], _reader.Full(series));
            }
        }

        var silent = (double)all.Count(_reader.IsSilent) / all.Length;
        _portraits.Add(entity, Channel.Silence, SilenceNats * silent, silent);
        if (all.FirstOrDefault(series => series.Meaning == Meaning.Load) is { } load)
        {
            foreach (var usage in all.Where(series => series.Meaning == Meaning.Usage && series.Part.Length == 0
                && series.Times.Length == load.Times.Length))
            {
                double[] each = [.. usage.Values.Zip(load.Values,
                    (used, asked) => asked > 0 ? used / asked : double.NaN)];
                if (_reader.Read(usage with { Values = each }) is { Size: > 0 } shift)
                {
                    _portraits.Add(entity, Channel.Costlier, shift.Nats, shift.Size, shift.Together);
                }
            }
        }

        Parts(entity, [.. all.Where(series => series.Meaning == Meaning.Latency)]);
    }

    private void Level(int entity, SeriesFact series, bool part)
    {
        if (_reader.Read(series) is not { } shift)
        {
            return;
        }

        var up = shift.Size > 0;
        Channel? channel = series.Meaning switch
        {
            Meaning.Latency => up ? Channel.Latency : null,
            Meaning.Errors => up ? Channel.Errors : null,
            Meaning.Health => up ? null : Channel.Health,
            Meaning.Saturation => up ? Channel.Saturation : null,
            Meaning.Loss => up ? Channel.Loss : null,
            Meaning.Held => up ? Channel.Held : null,
            Meaning.Load => up ? Channel.Busier : Channel.Calmer,
            _ => up ? Channel.Usage : Channel.Idle,
        };
        _portraits.Observe(entity, series.Meaning switch
        {
            Meaning.Latency => Channel.Latency,
            Meaning.Errors => Channel.Errors,
            Meaning.Health => Channel.Health,
            Meaning.Saturation => Channel.Saturation,
            Meaning.Loss => Channel.Loss,
            Meaning.Held => Channel.Held,
            Meaning.Load => Channel.Busier,
            _ => Channel.Usage,
        });
        if (channel is not { } known || (part && series.Meaning != Meaning.Latency))
        {
            return;
        }

        _portraits.Add(entity, known, shift.Nats, Math.Abs(shift.Size), shift.Together);
        var shared = shift.Nats * Math.Max(0, shift.Together);
        if (known is not (Channel.Busier or Channel.Calmer) && shared > _portraits.Loudest[entity])
        {
            (_portraits.Loudest[entity], _portraits.LagSeconds[entity]) = (shared, shift.LagSeconds);
        }
    }

    /// <summary>One part against the middle of the others and the whole.</summary>
    private void Parts(int entity, SeriesFact[] parts)
    {
        if (parts.Length < 2 || parts.Any(part => part.Times.Length != parts[0].Times.Length))
        {
            return;
        }

        foreach (var part in parts.Where(part => part.Part.Length > 0))
        {
            SeriesFact[] others = [.. parts.Where(other => other != part)];
            var ratio = new double[part.Values.Length];
            for (var index = 0; index < ratio.Length; index++)
            {
                var place = index;
                var middle = Robust.Median(others.Select(other => other.Values[place]).Where(double.IsFinite));
                ratio[index] = middle > 0 ? part.Values[index] / middle : double.NaN;
            }

            if (_reader.Read(part with { Values = ratio }) is { Size: > 0 } shift)
            {
                _portraits.Add(entity, Channel.Uneven, shift.Nats, shift.Size, shift.Together);
            }
        }
    }

    private void Request(Clue clue)
    {
        Channel? channel = clue.Modality switch
        {
            Modality.Sequence => Channel.Sequence,
            Modality.Delay => Channel.Delay,
            Modality.Way => Channel.Way,
            _ => null,
        };
        if (channel is { } known)
        {
            _portraits.Add(clue.Entity, known, clue.Weight);
        }
    }

    private void Lines()
    {
        var words = new string[_case.Entities.Length];
        for (var entity = 0; entity < words.Length; entity++)
        {
            words[entity] = _case.Entities[entity][(_case.Entities[entity].LastIndexOf('/') + 1)..];
        }

        var asked = _askers.SelectMany(group => group.Select(asker => (Asker: asker, To: group.Key)))
            .ToLookup(link => link.Asker, link => link.To);
        var rises = _case.Logs.Select(log => (Log: log, Rise: Rise(log))).ToArray();
        var speakers = rises.Where(one => one.Rise is { IsNew: true, Nats: > 0 })
            .GroupBy(one => one.Log.Template, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (var (log, (isNew, nats)) in rises)
        {
            _portraits.IsLogged[log.Entity] = true;
            if (nats <= 0)
            {
                continue;
            }

            var named = asked[log.Entity].Where(other => words[other].Length > 2
                && log.Template.Contains(words[other], StringComparison.Ordinal)).ToArray();
            foreach (var other in named)
            {
                _portraits.Add(other, Channel.Named, nats);
            }

            if (named.Length > 0)
            {
                continue;
            }

            var channel = !isNew ? Channel.MoreLines
                : speakers[log.Template] > 1 ? Channel.EchoedLine : Channel.NewLine;
            _portraits.Add(log.Entity, channel, nats);
        }

        for (var entity = 0; entity < words.Length; entity++)
        {
            int[] heard = [.. _askers[entity].Where(asker => _portraits.IsLogged[asker])];
            if (heard.Length > 0)
            {
                _portraits.Add(entity, Channel.AskersNewLine,
                    heard.Average(asker => Math.Max(_portraits.Nats(asker, Channel.NewLine),
                        _portraits.Nats(asker, Channel.EchoedLine))) * Math.Log(1 + heard.Length), heard.Length);
            }
        }
    }

    /// <summary>Load of a callee that none of its callers' own loads explains was added by one of them.</summary>
    private void Loads()
    {
        var callees = _case.Calls.ToLookup(call => call.Callee, call => call.Caller);
        foreach (var callers in callees.Where(group => _portraits.Nats(group.Key, Channel.Busier) > 0))
        {
            var passed = callers.Max(caller => _portraits.Nats(caller, Channel.Busier) > 0
                ? _portraits.Size(caller, Channel.Busier) : 0);
            var added = _portraits.Size(callers.Key, Channel.Busier) - passed;
            var nats = _portraits.Nats(callers.Key, Channel.Busier);
            var together = _portraits.Shared(callers.Key, Channel.Busier) / nats;
            foreach (var caller in callers.Where(_ => added > AddedMin))
            {
                _portraits.Add(caller, Channel.Amplifies, Math.Min(1, added) * nats, added, together);
            }
        }
    }

    private (bool IsNew, double Nats) Rise(LogFact log)
    {
        double calm = 0, calmSteps = 0, after = 0, afterSteps = 0;
        for (var step = 0; step < log.Counts.Length; step++)
        {
            var time = log.From + (step * log.StepSeconds);
            if (time + log.StepSeconds <= _onset - CalmSeconds / 2)
            {
                (calm, calmSteps) = (calm + log.Counts[step], calmSteps + 1);
            }
            else if (time >= _onset - log.StepSeconds)
            {
                (after, afterSteps) = (after + log.Counts[step], afterSteps + 1);
            }
        }

        if (calm.Equals(0.0))
        {
            return (true, after >= NewLineMin && calmSteps > 0 ? Math.Log(1 + after) : 0);
        }

        var usual = calm / calmSteps * afterSteps;
        var deviates = (after - usual) / Math.Sqrt(usual + 1 + (0.02 * usual * usual));
        return (false, deviates > MoreLines ? 2 * Math.Log(deviates / 3) : 0);
    }

    private void Events()
    {
        var known = _case.Events.Where(told => told.Time < _onset - CalmSeconds).Select(told => told.Reason)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var group in _case.Events.Where(told => told.Time >= _onset - RecentSeconds)
            .GroupBy(told => (told.Entity, IsKnown: known.Contains(told.Reason))))
        {
            _portraits.Add(group.Key.Entity, group.Key.IsKnown ? Channel.CommonEvent : Channel.RareEvent,
                Math.Log(1 + group.Count()), group.Count());
        }
    }

    private void Changes()
    {
        foreach (var change in _case.Changes)
        {
            var age = _onset - change.Time;
            if (age is > -60 and < 2 * ChangeSeconds)
            {
                _portraits.Add(change.Entity, Channel.Change, Math.Exp(-Math.Max(0, age) / ChangeSeconds));
            }
        }
    }
}

using System.Globalization;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Sampled traces with the lines their services write.</summary>
internal sealed class TraceEmitter(
    Random random, SimGraph graph, Course course, HardFault[] faults, HardCase @case, bool[] traced, bool[] logged, int from, int to)
{
    private const int CalmCount = 240;
    private const int HurtCount = 140;
    private const int SpanLimit = 60;
    private int _trace, _span;

    public void Emit()
    {
        int[] entries = [.. graph.Loads.Keys.Order()];
        var split = to - CaseMaker.AfterCount;
        for (var index = 0; index < CalmCount + HurtCount; index++)
        {
            var step = index < CalmCount ? random.Next(from, split) : random.Next(split, to);
            _trace++;
            _span = 0;
            Serve(random.Pick(entries), step, Emitter.Time(step) + random.Between(0, 15), string.Empty);
        }
    }

    /// <summary>One request at one service: how long it took, and whether it failed.</summary>
    private (double Seconds, bool Failed) Serve(int index, int step, double start, string parent)
    {
        var service = graph.Services[index];
        var id = NextId();
        var own = course[Quantity.Own][index][step] * Math.Exp((0.3 * random.Normal()) - 0.045);
        var failed = random.NextDouble() < course[Quantity.OwnErrors][index][step];
        var at = start + (own / 2);
        Write(index, id, start, "begin");
        if (failed)
        {
            var fault = Array.Find(faults, one => one.Entity == index && one.Kind.Line.Length > 0 && one.At(step) > 0);
            Write(index, id, at, fault is null ? "error: request rejected" : "error: " + fault.Kind.Line);
        }

        foreach (var call in service.Calls.Where(call => !call.Hidden))
        {
            if (failed)
            {
                break;
            }

            var ratio = call.Cache >= 0 ? Math.Min(call.Ratio, CacheRatio(call, step)) : call.Ratio;
            for (var times = (int)ratio + (random.NextDouble() < ratio - (int)ratio ? 1 : 0); times > 0 && _span < SpanLimit; times--)
            {
                var (seconds, broken) = Call(call, step, at, id);
                at += seconds;
                if (broken && !call.Fallback)
                {
                    failed = true;
                    break;
                }
            }
        }

        var whole = at - start + (own / 2);
        Write(index, id, start + whole, failed ? "answer with an error" : "answer");
        if (traced[index])
        {
            @case.Spans.Add(new SpanFact(Trace(), id, parent, index, "serve", start, whole));
        }

        return (whole, failed);
    }

    private double CacheRatio(SimCall call, int step)
    {
        var lost = faults.Where(fault => fault.Entity == call.Cache && fault.Kind.Effects[0].Lever == Lever.Miss)
            .Select(fault => fault.At(step) * fault.Strengths[0]).DefaultIfEmpty(0).Max();
        return call.Ratio * Math.Max(Physics.UsualMiss, lost);
    }

    private (double Seconds, bool Failed) Call(SimCall call, int step, double start, string parent)
    {
        double all = 0;
        for (var attempt = 0; attempt < call.AttemptCount; attempt++)
        {
            var id = NextId();
            var shut = random.NextDouble() < course.CallShut[call.Index][step];
            double seconds;
            var failed = true;
            string line;
            if (shut)
            {
                var slow = random.NextDouble() < StuckShare(call, step);
                seconds = slow ? call.Timeout : 0.002;
                var told = Array.Find(faults, fault => fault.Entity == call.Callee && fault.Kind.CallerLine.Length > 0 && fault.At(step) > 0);
                line = told?.Kind.CallerLine ?? (slow ? "timed out" : "connection refused");
            }
            else
            {
                var way = WaySeconds(call, step) * Math.Exp(0.3 * random.Normal());
                (seconds, failed) = Serve(call.Callee, step, start + all + (way / 2), id);
                seconds += way;
                line = "answered with an error";
                if (seconds > call.Timeout)
                {
                    (seconds, failed, line) = (call.Timeout, true, "timed out");
                }
            }

            if (traced[call.Caller])
            {
                @case.Spans.Add(new SpanFact(Trace(), id, parent, call.Caller, "call " + graph.Services[call.Callee].Name, start + all, seconds));
            }

            all += seconds;
            if (!failed)
            {
                return (all, false);
            }

            Write(call.Caller, parent, start + all, $"call of {graph.Services[call.Callee].Name} {line}");
        }

        return (all, true);
    }

    private double StuckShare(SimCall call, int step) => faults.Any(fault => fault.At(step) > 0
        && ((fault.Entity == call.Callee && fault.Kind.Id == "pod-hang") || (fault.Entity == call.Caller && fault.Callee == call.Callee)
            || fault.Kind.Id is "network-loss" or "node-network")) ? 1 : 0;

    private double WaySeconds(SimCall call, int step)
    {
        var mean = course.CallSeconds[call.Index][step];
        var there = course[Quantity.Latency][call.Callee][step];
        var delayed = faults.Any(fault => fault.At(step) > 0
            && fault.Kind.Effects[0].Lever is Lever.NetDelay or Lever.NetLoss or Lever.NodeLoss);
        return 0.0005 + (delayed ? Math.Max(0, mean - there) : 0);
    }

    private string Trace() => _trace.ToString(CultureInfo.InvariantCulture);

    private string NextId() => (++_span).ToString(CultureInfo.InvariantCulture);

    private void Write(int index, string span, double time, string text)
    {
        if (logged[index] && traced[index])
        {
            @case.Lines.Add(new LineFact(Trace(), span, time, text));
        }
    }
}

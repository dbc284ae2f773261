namespace CaaS.Benchmarks.HardSet;

/// <summary>How often each workload wrote each template in each minute, and events that follow from trouble.</summary>
internal sealed class LogEmitter(
    Random random, SimGraph graph, Course course, HardFault[] faults, HardCase @case, bool[] logged, int from, int to)
{
    private const int StepsPerMinute = 4;
    private const double Sampled = 0.2;

    public void Emit()
    {
        for (var index = 0; index < graph.Services.Length; index++)
        {
            Follow(index);
            if (!logged[index])
            {
                continue;
            }

            var service = graph.Services[index];
            double Of(Quantity quantity, int step) => course[quantity][index][step];
            Add(index, "info: served", step => Of(Quantity.Served, step) * Sampled);
            var usual = course[Quantity.Latency][index][from];
            Add(index, "warning: slow request", step => Of(Quantity.Served, step) * Sampled * Math.Exp(-3 * usual / Math.Max(Of(Quantity.Latency, step), 1e-6)) * 0.05);
            Add(index, "error: request rejected", step => Of(Quantity.Served, step) * (Of(Quantity.OwnErrors, step) + 0.0002) * Sampled);
            foreach (var call in service.Calls.Where(call => !call.Hidden))
            {
                Add(index, $"error: call of {graph.Services[call.Callee].Name} failed",
                    step => Of(Quantity.Served, step) * call.Ratio * (course.CallFailed[call.Index][step] + 0.0005) * Sampled);
            }
        }

        foreach (var fault in faults)
        {
            var speaker = fault.Entity < graph.Services.Length ? fault.Entity
                : Array.FindIndex(graph.Services, service => service.Volume >= 0 && graph.VolumeEntity(service.Volume) == fault.Entity);
            if (fault.Kind.Line.Length > 0 && speaker >= 0 && logged[speaker])
            {
                var often = random.Between(0.05, 0.5);
                Add(speaker, "error: " + fault.Kind.Line, step => fault.At(step) > 0.8 ? often : 0);
            }

            if (fault.Kind.CallerLine.Length > 0)
            {
                foreach (var call in graph.Calls.Where(call => call.Callee == fault.Entity && logged[call.Caller]))
                {
                    Add(call.Caller, "error: " + fault.Kind.CallerLine, step => Sampled * course[Quantity.Served][call.Caller][step]
                        * Math.Min(1, call.Ratio) * course.CallFailed[call.Index][step] * (fault.At(step) > 0 ? 1 : 0));
                }
            }
        }

        foreach (var (service, step) in course.Killed)
        {
            if (step >= from && step < to && random.NextDouble() >= @case.Missing)
            {
                @case.Events.Add(new HardEvent(Emitter.Time(step), service, "OOMKilling", true));
            }
        }

        @case.Events.Sort((left, right) => left.Time != right.Time ? left.Time.CompareTo(right.Time) : left.Entity.CompareTo(right.Entity));
    }

    /// <summary>Probes of overloaded workloads fail too, and something somewhere always has an event.</summary>
    private void Follow(int index)
    {
        for (var step = from; step < to; step++)
        {
            var strained = graph.Services[index].Ours && (course[Quantity.Full][index][step] > 1.1 || course[Quantity.Busy][index][step] > 1.05);
            if (random.NextDouble() < (strained ? 0.1 : 0.0006) && random.NextDouble() >= @case.Missing)
            {
                @case.Events.Add(new HardEvent(Emitter.Time(step), index, strained || random.NextDouble() < 0.5 ? "Unhealthy" : "BackOff", true));
            }
        }
    }

    private void Add(int entity, string template, Func<int, double> perSecond)
    {
        var counts = new int[(to - from) / StepsPerMinute];
        for (var minute = 0; minute < counts.Length; minute++)
        {
            double mean = 0;
            for (var step = 0; step < StepsPerMinute; step++)
            {
                mean += perSecond(from + (minute * StepsPerMinute) + step) * Physics.StepSeconds;
            }

            counts[minute] = random.Poisson(mean);
        }

        @case.Logs.Add(new HardLog(entity, template, counts));
    }
}

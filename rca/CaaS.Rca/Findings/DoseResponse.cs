using CaaS.Rca.Inquiry.Live;
using CaaS.Rca.Topology;

namespace CaaS.Rca.Findings;

/// <summary>Whether a workload as a whole fails or slows the more, the more of its pods a rollout has replaced.</summary>
/// <remarks>
/// The dose is the share of new pods among those that are measured, the response the share of failed requests, or the
/// mean time, of all of them: what new pods do to old ones counts too. Steps of one dose are a level, but for the first
/// after a change of it, which is half of the one before; from the least dose on, one that is not clearly worse joins the
/// one before (failures by <see cref="ShareTest"/>; times when every step is slower than every step before, and their
/// mean by a quarter). At least three levels must be left: one step up in the middle of a rollout may be anybody's doing,
/// two with two doses hardly are. And the response must rest while the dose does: its slope in time inside the levels,
/// pooled as in an analysis of covariance, must not explain the rise. O(samples of the pods).
/// </remarks>
internal static class DoseResponse
{
    private const int MinLevels = 3;
    private const double MinServed = 20;
    private const double MinSlower = 1.25;

    /// <summary>Part of the whole rise that time alone may explain.</summary>
    private const double MostByTime = 0.5;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    /// <summary>What follows the rollout, level by level; empty when nothing does, or there are too few levels.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="old">Pods from before the change, those gone included.</param>
    /// <param name="young">Pods from after it.</param>
    /// <param name="changedAt">When the change was made, UTC.</param>
    public static string Read(
        CaseFile file, IReadOnlyList<PodView> old, IReadOnlyList<PodView> young, DateTimeOffset changedAt)
    {
        if (old.Count == 0 || young.Count == 0)
        {
            return "";
        }

        var steps = Steps(file, old, young, changedAt - Before);
        var failing = Levels(steps, (before, since) => ShareTest.IsMore(
            before.Sum(step => step.Failed), before.Sum(step => step.Served),
            since.Sum(step => step.Failed), since.Sum(step => step.Served)));
        if (Follows(failing, level => Sum(level).FailedShare))
        {
            return "Failures follow the rollout: " + Say(failing, level => Numbers.Of(Sum(level).FailedShare, "ratio"));
        }

        var slow = Levels(steps, (before, since) => Sum(since).MeanTime >= MinSlower * Sum(before).MeanTime
            && since.Min(step => step.MeanTime) > before.Max(step => step.MeanTime));
        return Follows(slow, level => Sum(level).MeanTime)
            ? "Times follow the rollout: " + Say(slow, level => $"{Sum(level).MeanTime / Sum(slow[0]).MeanTime:0.0} times")
            : "";
    }

    /// <summary>What was served at each step in which anything was, in order of time.</summary>
    private static DoseStep[] Steps(
        CaseFile file, IReadOnlyList<PodView> old, IReadOnlyList<PodView> young, DateTimeOffset from)
    {
        var tracks = old.Select(pod => (IsNew: false, Track: file.Serving.Find(pod.State.Entity)))
            .Concat(young.Select(pod => (IsNew: true, Track: file.Serving.Find(pod.State.Entity))))
            .Where(item => item.Track is not null).Select(item => (item.IsNew, Track: item.Track!)).ToArray();
        var grid = CaseGrid.Of(tracks.Select(item => item.Track), file.Now);
        var (all, fresh) = (new int[grid.Times.Length], new int[grid.Times.Length]);
        var sums = new ServeSample[grid.Times.Length];
        foreach (var (isNew, track) in tracks)
        {
            foreach (var group in track.Samples.Where(sample => sample.At > from)
                .GroupBy(sample => grid.StepOf(sample.At)).Where(group => group.Key >= 0))
            {
                all[group.Key]++;
                fresh[group.Key] += isNew ? 1 : 0;
                foreach (var sample in group)
                {
                    var sum = sums[group.Key];
                    sums[group.Key] = sum with
                    {
                        Time = sum.Time + sample.Time,
                        Served = sum.Served + sample.Served,
                        Failed = sum.Failed + sample.Failed,
                    };
                }
            }
        }

        return
        [
            .. Enumerable.Range(1, Math.Max(0, sums.Length - 1))
                .Where(step => sums[step].Served > 0 && (all[step], fresh[step]) == (all[step - 1], fresh[step - 1]))
                .Select(step => new DoseStep(
                    grid.Times[step], (double)fresh[step] / all[step], sums[step].Served, sums[step].Failed, sums[step].Time)),
        ];
    }

    /// <summary>Levels of the dose, least first, each clearly worse than the one before it; none when one is
    /// better.</summary>
    private static List<DoseStep[]> Levels(DoseStep[] steps, Func<DoseStep[], DoseStep[], bool> isWorse)
    {
        var levels = new List<DoseStep[]>();
        DoseStep[] open = [];
        foreach (var dose in steps.GroupBy(step => step.Dose).OrderBy(group => group.Key))
        {
            open = [.. open, .. dose];
            if (open.Sum(step => step.Served) < MinServed)
            {
                continue;
            }

            if (levels.Count == 0 || isWorse(levels[^1], open))
            {
                levels.Add(open);
            }
            else if (isWorse(open, levels[^1]))
            {
                return [];
            }
            else
            {
                levels[^1] = [.. levels[^1], .. open];
            }

            open = [];
        }

        return levels;
    }

    private static bool Follows(List<DoseStep[]> levels, Func<DoseStep[], double> response)
    {
        if (levels.Count < MinLevels || levels[0][0].Dose > 0)
        {
            return false;
        }

        var (moved, time) = (0.0, 0.0);
        foreach (var rest in levels.SelectMany(level => level).Where(step => step.Dose > 0).GroupBy(step => step.Dose))
        {
            var (at, mean) = (rest.Average(step => step.At), rest.Average(step => response([step])));
            moved += rest.Sum(step => (step.At - at) * (response([step]) - mean));
            time += rest.Sum(step => (step.At - at) * (step.At - at));
        }

        var began = levels.SelectMany(level => level).Where(step => step.Dose > 0).Min(step => step.At);
        var byTime = moved / time * (levels[^1].Average(step => step.At) - began);
        return time > 0 && Math.Abs(byTime) <= MostByTime * (response(levels[^1]) - response(levels[0]));
    }

    private static string Say(List<DoseStep[]> levels, Func<DoseStep[], string> response) =>
        string.Join(", ", levels.Select(level => $"{response(level)} {At(level.Average(step => step.Dose))}"));

    private static string At(double dose) => dose switch
    {
        <= 0 => "with no new pod",
        >= 1 => "with new pods alone",
        _ => $"with {dose * 100:0} % new pods",
    };

    private static DoseStep Sum(DoseStep[] steps) => new(
        0, 0, steps.Sum(step => step.Served), steps.Sum(step => step.Failed), steps.Sum(step => step.Time));
}

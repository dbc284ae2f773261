using CaaS.Analytics.State;

namespace CaaS.Analytics.Derived;

/// <summary>Saves or loads series and the groups they feed, which refer to each other.</summary>
internal sealed class SeriesArchive(StateArchive archive, TargetBook targets, AnalyticsOptions options)
{
    /// <summary>A series with all it refers to.</summary>
    /// <param name="series">Series; null while loading.</param>
    /// <returns>The one that counts.</returns>
    public RawSeries Series(RawSeries? series) => archive.Shared(series, item =>
    {
        var key = archive.Key(item?.Key);
        var plan = archive.Value(item?.Plan ?? default);
        item ??= new RawSeries(key, plan);
        item.Target = targets.Sync(archive, item.Target);
        item.Pod = ObjectState.Sync(archive, item.Pod);
        item.Histogram = archive.SharedOrNull(item.Histogram, Parts);
        item.Group = archive.SharedOrNull(item.Group, Parts);
        item.GroupWithoutLimit = archive.SharedOrNull(item.GroupWithoutLimit, Parts);
        item.Sync(archive);
        return item;
    });

    /// <summary>A group without its members, which refer to it.</summary>
    /// <param name="group">Group; null while loading.</param>
    /// <returns>The one that counts.</returns>
    public HeldGroup Group(HeldGroup? group) => archive.Shared(group, Parts);

    /// <summary>A histogram.</summary>
    /// <param name="histogram">Histogram; null while loading.</param>
    /// <returns>The one that counts.</returns>
    public HistogramGroup Histogram(HistogramGroup? histogram) => archive.Shared(histogram, Parts);

    private HeldGroup Parts(HeldGroup? group)
    {
        var key = archive.Key(group?.Key);
        var isMaximum = archive.Value(group?.IsMaximum ?? false);
        var growth = archive.KeyOrNull(group?.Growth);
        var isNewcomer = archive.Value(group?.IsNewcomer ?? false);
        return group ?? new HeldGroup(key, isMaximum, growth, isNewcomer, options);
    }

    private HistogramGroup Parts(HistogramGroup? histogram)
    {
        var entity = archive.Entity(histogram?.P95.Entity ?? default);
        var stem = archive.Text(histogram?.Stem ?? "");
        var labels = archive.Labels(histogram?.P95.Labels ?? []);
        histogram ??= new HistogramGroup(entity, stem, labels, options, nowMs: 0);
        histogram.Sync(archive);
        return histogram;
    }
}

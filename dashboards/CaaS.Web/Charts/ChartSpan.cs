namespace CaaS.Web.Charts;

/// <summary>A time marked in a chart.</summary>
/// <param name="Left">Where it begins, 0 at the left edge, 1 at the right.</param>
/// <param name="Width">How wide it is, in the same measure.</param>
/// <param name="Class">CSS class.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Link">Where it leads, or empty.</param>
public sealed record ChartSpan(double Left, double Width, string Class, string Title, string Link)
{
    /// <summary>Marks a time.</summary>
    /// <param name="window">Time shown.</param>
    /// <param name="from">First instant, UTC.</param>
    /// <param name="to">Last instant, UTC; null for the end of what is shown.</param>
    /// <param name="style">CSS class.</param>
    /// <param name="title">What it is, in words.</param>
    /// <param name="link">Where it leads, or empty.</param>
    /// <returns>The mark, cut to what is shown.</returns>
    public static ChartSpan Of(
        ChartWindow window, DateTimeOffset from, DateTimeOffset? to, string style, string title, string link)
    {
        ArgumentNullException.ThrowIfNull(window);
        var left = Math.Clamp(window.Place(from), 0, 1);
        var right = Math.Clamp(window.Place(to ?? window.To), left, 1);
        return new ChartSpan(left, right - left, style, title, link);
    }
}

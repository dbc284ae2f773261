using System.Globalization;
using System.Net;
using System.Text;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>Draws a judged series as one self-contained SVG: values, expected band, labelled rows, score, alarms.</summary>
internal sealed class SeriesPlot
{
    private const int Left = 70, Width = 1200, ValueTop = 70, ValueHeight = 300, ScoreTop = 400, ScoreHeight = 130;
    private const double Headroom = 0.05;

    private readonly JudgedSeries _judged;
    private readonly float _threshold;
    private readonly (double Low, double High)[] _bands;
    private readonly (double Low, double High) _values;
    private readonly StringBuilder _svg = new();

    /// <summary>Prepares the drawing.</summary>
    /// <param name="judged">What to draw.</param>
    /// <param name="options">Constants it was judged by.</param>
    public SeriesPlot(JudgedSeries judged, EnsembleOptions options)
    {
        _judged = judged;
        _threshold = options.Threshold;
        _bands = Bands(judged.Series, new SeriesEnsemble(options));
        var finite = judged.Series.Values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var room = Headroom * Math.Max(high - low, 1e-9);
        _values = (low - room, high + room);
    }

    /// <summary>The drawing.</summary>
    /// <param name="why">A sentence under the title.</param>
    public string ToSvg(string why)
    {
        var series = _judged.Series;
        _svg.Clear();
        Add($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Left + Width + 20} 570' font-family='sans-serif' font-size='12'>");
        Add($"<rect width='100%' height='100%' fill='white'/><text x='{Left}' y='22' font-size='16'>{WebUtility.HtmlEncode(series.Name)}</text>");
        Add($"<text x='{Left}' y='44'>{WebUtility.HtmlEncode(why)}</text>");
        foreach (var (start, end) in series.Windows)
        {
            Add($"<rect x='{X(start):F1}' y='{ValueTop}' width='{Math.Max(1, X(end + 1) - X(start)):F1}' height='{ScoreTop + ScoreHeight - ValueTop}' fill='#f6c89f' opacity='.6'/>");
        }

        Band();
        Line(series.Values, Y, "#1f4e79");
        var most = Math.Max(_threshold * 1.5, _judged.Verdicts.Max(v => v.Score));
        double ScoreY(double v) => ScoreTop + (ScoreHeight * (1 - (Math.Max(0, v) / most)));
        Line([.. _judged.Verdicts.Select(v => (double)v.Score)], ScoreY, "#555555");
        Add($"<line x1='{Left}' x2='{Left + Width}' y1='{ScoreY(_threshold):F1}' y2='{ScoreY(_threshold):F1}' stroke='#b00020' stroke-dasharray='4'/>");
        foreach (var row in _judged.Alarms)
        {
            Add($"<path d='M{X(row):F1} {ValueTop}v{ScoreTop + ScoreHeight - ValueTop}' stroke='#b00020' opacity='.7'><title>row {row}, {_judged.Verdicts[row].Feature}, score {_judged.Verdicts[row].Score:F1}</title></path>");
        }

        Add($"<text x='4' y='{ValueTop + 10}'>{_values.High:G4}</text><text x='4' y='{ValueTop + ValueHeight}'>{_values.Low:G4}</text>");
        Add($"<text x='4' y='{ScoreTop + 10}'>score {most:F0}</text><text x='4' y='{ScoreTop + ScoreHeight}'>0</text>");
        Add($"<text x='{Left}' y='550'>{Time(0)}</text><text x='{Left + Width}' y='550' text-anchor='end'>{Time(^1)}</text>");
        Add($"<text x='{Left + (Width / 2)}' y='550' text-anchor='middle'>blue: value; green: expected band; orange: labelled; grey: score; red: alarms and threshold</text></svg>");
        return _svg.ToString();
    }

    /// <summary>Band around the mid mean before each row, three standard deviations wide on each side.</summary>
    private static (double Low, double High)[] Bands(LabelledSeries series, SeriesEnsemble ensemble)
    {
        var state = new SeriesState();
        var bands = new (double, double)[series.Values.Length];
        var usual = new EnsembleVerdict(0, false, EnsembleFeature.LevelMid, 0);
        for (var row = 0; row < bands.Length; row++)
        {
            var expected = SeriesEnsemble.Explain(state, series.UnixMs[row], series.Values[row], usual);
            bands[row] = (expected.Low, expected.High);
            ensemble.Step(ref state, series.UnixMs[row], series.Values[row]);
        }

        return bands;
    }

    private double X(int row) => Left + ((double)Width * row / Math.Max(1, _judged.Verdicts.Length));

    private double Y(double value) => ValueTop + (ValueHeight * (_values.High - Math.Clamp(value, _values.Low, _values.High)) / (_values.High - _values.Low));

    private void Band()
    {
        var every = Math.Max(1, _bands.Length / Width);
        var rows = Enumerable.Range(0, _bands.Length).Where(row => row % every == 0).ToArray();
        var points = rows.Select(row => (row, _bands[row].High)).Concat(rows.Reverse().Select(row => (row, _bands[row].Low)));
        Add($"<polygon fill='#bfe3bf' opacity='.6' points='{string.Join(' ', points.Select(p => Point(p.row, Y(p.Item2))))}'/>");
    }

    /// <summary>Lowest and highest value of each pixel column, so that no spike is lost.</summary>
    private void Line(double[] values, Func<double, double> y, string colour)
    {
        var points = Enumerable.Range(0, values.Length)
            .Where(row => double.IsFinite(values[row]))
            .GroupBy(row => (int)X(row))
            .SelectMany(column => new[] { column.MinBy(row => values[row]), column.MaxBy(row => values[row]) }.Order().Distinct());
        Add($"<polyline fill='none' stroke='{colour}' points='{string.Join(' ', points.Select(row => Point(row, y(values[row]))))}'/>");
    }

    private string Point(int row, double y) => string.Create(CultureInfo.InvariantCulture, $"{X(row):F1},{y:F1}");

    private string Time(Index row) => DateTimeOffset.FromUnixTimeMilliseconds(_judged.Series.UnixMs[row])
        .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private void Add(FormattableString line) => _svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Whether it is said that the cause is not among what is known when, and only when, it is not.</summary>
internal sealed class Abstention
{
    private int _said, _saidRight, _is;

    public double Precision => _said == 0 ? 1 : (double)_saidRight / _said;

    public double Recall => _is == 0 ? 1 : (double)_saidRight / _is;

    public void Add(double noCauseProbability, bool isNone)
    {
        var says = noCauseProbability > 0.5;
        _said += says ? 1 : 0;
        _saidRight += says && isNone ? 1 : 0;
        _is += isNone ? 1 : 0;
    }

    public void Print(TextWriter output) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"Says that no known cause stands out: precision {Precision:0.000} of {_said}, recall {Recall:0.000} of {_is}."));
}

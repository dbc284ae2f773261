using CaaS.Rca.Symptoms;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>What is wrong with one service, added up over its symptoms; the worst of each counts.</summary>
internal sealed class HarmTally(EntityRef service)
{
    /// <summary>Share of failing requests from which users are hurt badly.</summary>
    private const double BadShare = 0.2;

    /// <summary>Times as slow as usual from which users are hurt badly.</summary>
    private const double BadSlowness = 5;

    private const int MaxCalls = 3;

    private readonly SortedSet<SymptomSort> _sorts = [];
    private readonly SortedSet<string> _failing = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _slow = new(StringComparer.Ordinal);
    private double _failingShare = double.NaN;
    private double _slowness = double.NaN;
    private double _excess = 1;
    private double _readyShare = double.NaN;
    private bool _isActive;

    public EntityRef Service { get; } = service;

    /// <summary>Users come in here.</summary>
    public bool IsEntrance { get; set; }

    /// <summary>Whoever calls it feels it.</summary>
    public bool IsFelt { get; private set; }

    /// <summary>Whoever calls it feels it badly.</summary>
    public bool IsBad =>
        IsOut || _failingShare >= BadShare || _slowness >= BadSlowness
        || (double.IsNaN(_failingShare) && _excess >= BadSlowness);

    /// <summary>For sorting, worst first.</summary>
    public (double FailingShare, double Slowness) Weight =>
        (IsOut ? 1 : double.MaxNumber(0, _failingShare), double.MaxNumber(0, _slowness));

    private bool IsOut => _sorts.Contains(SymptomSort.Unavailable) && !(_readyShare > 0);

    /// <summary>Takes a symptom of the service itself.</summary>
    public void Take(LiveSymptom symptom)
    {
        _sorts.Add(symptom.Sort);
        _isActive |= symptom.IsActive;
        IsFelt |= symptom.IsFelt;
        switch (symptom.Sort)
        {
            case SymptomSort.Errors:
                _failingShare = double.MaxNumber(_failingShare, symptom.IsShare ? symptom.Observed : double.NaN);
                _excess = Math.Max(_excess, symptom.Excess);
                break;
            case SymptomSort.Latency:
                _slowness = double.MaxNumber(_slowness, symptom.Excess > 1 ? symptom.Excess : double.NaN);
                break;
            case SymptomSort.Unavailable:
                _readyShare = double.MinNumber(_readyShare, symptom.Observed);
                break;
        }
    }

    /// <summary>Takes a symptom of what it calls.</summary>
    public void TakeCall(LiveSymptom symptom)
    {
        _isActive |= symptom.IsActive;
        var calls = symptom.Sort == SymptomSort.Errors ? _failing : _slow;
        calls.Add(symptom.Peer.Length > 0 ? $"its calls to {symptom.Peer}" : "its calls");
    }

    public ServiceHarm Write()
    {
        var calls = _failing.Union(_slow).Order(StringComparer.Ordinal).Take(MaxCalls).Select(what =>
            !_failing.Contains(what) ? $"{what} are slow"
            : _slow.Contains(what) ? $"{what} fail or are slow" : $"{what} fail");
        var text = string.Join("; ", _sorts.Select(Clause).Concat(calls));
        return new ServiceHarm(Service, _failingShare, _slowness, _isActive ? text : $"{text} (over)");
    }

    private string Clause(SymptomSort sort) => sort switch
    {
        SymptomSort.Errors => double.IsNaN(_failingShare) ? "requests fail"
            : $"up to {Numbers.Of(_failingShare, "ratio")} of requests fail",
        SymptomSort.Latency => double.IsNaN(_slowness) ? "requests are slow"
            : $"requests take up to {Numbers.Of(Math.Round(_slowness, 1), "times")} what is usual",
        SymptomSort.Unavailable => IsOut ? "no pod is ready"
            : $"only {Numbers.Of(_readyShare, "ratio")} of its pods are ready",
        SymptomSort.OomKilled => "pods are killed for their memory",
        SymptomSort.Restarting => "pods restart again and again",
        SymptomSort.CrashLoop => "pods crash each time they start",
        SymptomSort.CannotStart => "pods cannot start",
        _ => "it is in trouble",
    };
}

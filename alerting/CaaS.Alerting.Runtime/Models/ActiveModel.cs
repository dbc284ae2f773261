using CaaS.Alerting.Feedback;

namespace CaaS.Alerting.Runtime.Models;

/// <summary>The model that rates incidents now: set by its keeper, taken up by the actor.</summary>
internal sealed class ActiveModel
{
    private volatile IUsefulnessModel? _current;

    /// <summary>The model, or null for none; another instance for another version.</summary>
    public IUsefulnessModel? Current
    {
        get => _current;
        set => _current = value;
    }
}

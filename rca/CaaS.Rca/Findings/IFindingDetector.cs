using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Looks for some of the <see cref="Features"/> on one entity.</summary>
internal interface IFindingDetector
{
    /// <summary>Adds what is seen; at most one finding a feature.</summary>
    void Find(CaseFile file, EntityRef entity, ICollection<Finding> found);
}

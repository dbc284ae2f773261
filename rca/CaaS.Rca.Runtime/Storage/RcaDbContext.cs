using Microsoft.EntityFrameworkCore;

namespace CaaS.Rca.Runtime.Storage;

/// <summary>This stage's tables of the shared database.</summary>
/// <param name="options">Provider and connection.</param>
public sealed class RcaDbContext(DbContextOptions<RcaDbContext> options) : DbContext(options)
{
    /// <summary>Incidents.</summary>
    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();

    /// <summary>What people said of causes.</summary>
    public DbSet<CauseFeedbackRow> Feedback => Set<CauseFeedbackRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<IncidentRow>(row =>
        {
            row.ToTable("rca_incidents");
            row.HasKey(incident => incident.Id);
            row.HasIndex(incident => incident.ChangedAtMs);
        });
        modelBuilder.Entity<CauseFeedbackRow>(row =>
        {
            row.ToTable("rca_feedback");
            row.HasKey(word => word.IncidentId);
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CaaS.Alerting.Runtime.Store;

/// <summary>Tables of alerting in the shared database; all begin with <c>alr_</c>.</summary>
/// <param name="options">Provider and connection.</param>
internal sealed class AlertingContext(DbContextOptions<AlertingContext> options) : DbContext(options)
{
    /// <summary>Table that notes which migrations ran; each stage has its own.</summary>
    public const string MigrationsTable = "alr_migrations";

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<SilenceRow> Silences => Set<SilenceRow>();

    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();

    public DbSet<FeedbackRow> Feedback => Set<FeedbackRow>();

    public DbSet<ExampleRow> Examples => Set<ExampleRow>();

    /// <summary>Gives the context its own table of migrations, whatever the provider.</summary>
    public static void KeepOwnMigrations(DbContextOptionsBuilder options)
    {
        var relational = RelationalOptionsExtension.Extract(options.Options)
            .WithMigrationsHistoryTableName(MigrationsTable);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(relational);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AlertRow>(alert =>
        {
            alert.ToTable("alr_alerts").HasKey(row => row.Id);
            alert.HasIndex(row => row.ChangedAtMs);
            alert.HasIndex(row => row.Usefulness);
            alert.HasIndex(row => new { row.Status, row.ChangedAtMs });
        });
        modelBuilder.Entity<SilenceRow>(silence =>
        {
            silence.ToTable("alr_silences").HasKey(row => row.Id);
            silence.HasIndex(row => row.UntilMs);
        });
        modelBuilder.Entity<FeedbackRow>(feedback =>
        {
            feedback.ToTable("alr_feedback").HasKey(row => new { row.IncidentId, row.Actor });
            feedback.HasIndex(row => row.AtMs);
        });
        modelBuilder.Entity<ExampleRow>(example =>
        {
            example.ToTable("alr_examples").HasKey(row => row.IncidentId);
            example.HasIndex(row => row.OpenedAtMs);
        });
        modelBuilder.Entity<NotificationRow>(notification =>
        {
            notification.ToTable("alr_notifications").HasKey(row => row.Id);
            notification.HasIndex(row => new { row.AlertId, row.Turn });
            notification.HasIndex(row => row.Turn);
            notification.HasIndex(row => new { row.IsOver, row.Receiver, row.Turn });
        });
    }
}
